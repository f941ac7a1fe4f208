import type { Plan } from "#/api/types";
import { sectionName } from "#/i18n/words";
import "./plan-thumb.css";

/** A hall at a glance: its stage and its sections, each in the colour of its first grade. */
export function PlanThumb({ plan, label }: { plan: Plan; label: string }) {
  const path = (outline: [number, number][]) =>
    `M${outline.map(([x, y]) => `${x} ${y}`).join("L")}Z`;
  return (
    <svg class="thumb" viewBox={`0 0 ${plan.width} ${plan.height}`} role="img" aria-label={label}>
      <path class="thumb-stage" d={path(plan.stage.outline)} />
      {plan.sections.map((section, index) => {
        const row = section.rows[0];
        const grade = Array.isArray(row?.grades) ? row.grades[0] : row?.grades;
        return (
          <path
            key={`${section.floor}.${section.label}`}
            class="thumb-section"
            d={path(section.outline)}
            style={{ fill: plan.grades[grade ?? 0]?.color }}
          >
            <title>{sectionName(plan, index)}</title>
          </path>
        );
      })}
    </svg>
  );
}
