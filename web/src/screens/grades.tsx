// The grades of a plan with their prices, as a list.
import type { Plan } from "#/api/types";
import { won } from "#/i18n/words";
import "./grades.css";

/** What each grade costs. The colour is never alone: the name stands beside it. */
export function Grades({ plan, label }: { plan: Plan; label: string }) {
  return (
    <ul class="grades" aria-label={label}>
      {plan.grades.map((grade) => (
        <li key={grade.name}>
          <span class="grades-dot" style={{ background: grade.color }} />
          <b>{grade.name}</b>
          <span>{won(grade.price_won)}</span>
        </li>
      ))}
    </ul>
  );
}
