// The last ten times as a row of seats that stand the lower, the faster one was.
import { m, number, score } from "#/i18n/words";
import { type Box, chartOf, RUNS } from "./chart";

type LastTenProps = {
  /** In milliseconds, the oldest first; null where the goal was not reached. */
  times: readonly (number | null)[];
  usualMs: number | null;
  /** Small in a list, large where it is what one looks at. */
  size?: "small" | "large";
};

const BOXES: Record<NonNullable<LastTenProps["size"]>, Box> = {
  small: { width: 150, height: 44, pad: 7 },
  large: { width: 300, height: 96, pad: 10 },
};

export function LastTen({ times, usualMs, size = "small" }: LastTenProps) {
  const box = BOXES[size];
  const { dots, usualY } = chartOf(times, usualMs, box);
  const shown = times.slice(-RUNS);
  const said = shown.map((ms) => (ms === null ? m.exercise_not_reached() : score(ms))).join(", ");
  const reached = dots.filter(({ isReached }) => isReached);
  const radius = size === "small" ? 4 : 5.5;
  const step = (box.width - 2 * box.pad) / (RUNS - 1);
  return (
    <svg
      class="last-ten"
      viewBox={`0 0 ${box.width} ${box.height}`}
      role="img"
      aria-label={m.exercise_last_said({ count: number(shown.length), times: said })}
    >
      {Array.from({ length: RUNS - dots.length }, (_, free) => (
        <circle
          key={free}
          class="last-ten-free"
          cx={box.pad + (dots.length + free) * step}
          cy={box.height - box.pad}
          r={1.6}
        />
      ))}
      {usualY !== null && (
        <line class="last-ten-usual" x1={0} x2={box.width} y1={usualY} y2={usualY} />
      )}
      <polyline class="last-ten-way" points={reached.map(({ x, y }) => `${x},${y}`).join(" ")} />
      {dots.map(({ x, y, isReached, isBest }, at) => (
        <circle
          key={x}
          class="last-ten-seat"
          data-reached={isReached || undefined}
          data-best={isBest || undefined}
          data-last={at === dots.length - 1 || undefined}
          cx={x}
          cy={y}
          r={isReached ? radius : radius - 1.5}
        />
      ))}
    </svg>
  );
}
