// Grades with their colour, price and what is left; pressing one shows only that grade.
import { count, gradeName, won } from "../plan/names";
import type { Hall } from "../plan/plan";
import { type Locale, WORDS } from "../plan/words";

type Props = {
  hall: Hall;
  locale: Locale;
  free: ArrayLike<number>;
  colors: readonly string[];
  filter: ReadonlySet<number> | null;
  onFilter: ((filter: Set<number> | null) => void) | null;
};

export function Legend({ hall, locale, free, colors, filter, onFilter }: Props) {
  const words = WORDS[locale];
  const press = (grade: number): void => {
    const next = new Set(filter ?? []);
    if (next.has(grade)) next.delete(grade);
    else next.add(grade);
    onFilter?.(next.size === 0 || next.size === hall.grades.length ? null : next);
  };
  return (
    <fieldset class="seatmap-legend">
      <legend class="seatmap-unseen">{words.legend}</legend>
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
              {gradeName(hall, index, locale)}
            </span>
            {grade.priceWon > 0 && <span>{won(grade.priceWon, locale)}</span>}
            <span class="seatmap-left">
              <span class="seatmap-unseen">{words.remaining} </span>
              {words.seats(count(left))}
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}
