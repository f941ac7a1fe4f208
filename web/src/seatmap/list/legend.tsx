// Grades with their colour, price and what is left; pressing one shows only that grade.

import type { Language } from "#/api/types";
import { formatNumber, formatWon } from "#/i18n/format";
import { m } from "#/paraglide/messages";
import { gradeName } from "../plan/names";
import type { Hall } from "../plan/plan";

type Props = {
  hall: Hall;
  language: Language;
  free: ArrayLike<number>;
  colors: readonly string[];
  filter: ReadonlySet<number> | null;
  onFilter: ((filter: Set<number> | null) => void) | null;
};

export function Legend({ hall, language, free, colors, filter, onFilter }: Props) {
  const press = (grade: number): void => {
    const next = new Set(filter ?? []);
    if (next.has(grade)) next.delete(grade);
    else next.add(grade);
    onFilter?.(next.size === 0 || next.size === hall.grades.length ? null : next);
  };
  return (
    <fieldset class="seatmap-legend">
      <legend class="seatmap-unseen">{m.map_legend({}, { locale: language })}</legend>
      {hall.grades.map((grade, index) => {
        const pressed = filter?.has(index) ?? false;
        const left = free[index] ?? 0;
        return (
          <button
            key={grade.name}
            type="button"
            class="seatmap-grade"
            aria-pressed={pressed}
            data-gone={left === 0 || undefined}
            data-out={(filter !== null && !pressed) || undefined}
            onClick={() => press(index)}
          >
            <span class="seatmap-grade-name">
              <i class="seatmap-dot" style={{ background: colors[index] ?? grade.color }} />
              {gradeName(hall, index, language)}
            </span>
            {grade.priceWon > 0 && <span>{formatWon(language, grade.priceWon)}</span>}
            <span class="seatmap-left">
              <span class="seatmap-unseen">{m.map_remaining({}, { locale: language })} </span>
              {m.map_seats({ count: formatNumber(language, left) }, { locale: language })}
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}
