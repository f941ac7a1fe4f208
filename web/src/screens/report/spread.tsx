// A small drawing of the rivals' times for one step.
import type { RivalTimes } from "#/api/types";

const WIDTH = 300;
const HEIGHT = 56;
const GROUND = 44;

/** How the rivals' times spread, and where one stands among them. The words beside it say the same. */
export function Spread({ rivals, tookMs }: { rivals: RivalTimes; tookMs: number | null }) {
  const last = rivals.histogram.at(-1)?.to_ms ?? rivals.p90_ms;
  // A slow tail would squeeze everybody into a corner: beyond twice the slow tenth it is cut off.
  const end = Math.max(
    1,
    Math.min(last, rivals.p90_ms * 2),
    Math.min(tookMs ?? 0, rivals.p90_ms * 4),
  );
  const x = (ms: number) => 8 + (Math.min(ms, end) / end) * (WIDTH - 16);
  const bars = rivals.histogram.filter(({ from_ms }) => from_ms < end);
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <svg class="spread" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {bars.map(({ from_ms, to_ms, count }) => (
        <rect
          key={from_ms}
          x={x(from_ms) + 0.5}
          width={Math.max(1, x(to_ms) - x(from_ms) - 1)}
          y={GROUND - (count / most) * (GROUND - 10)}
          height={(count / most) * (GROUND - 10)}
          rx="1.5"
        />
      ))}
      <line class="spread-ground" x1="8" x2={WIDTH - 8} y1={GROUND} y2={GROUND} />
      <line
        class="spread-middle"
        x1={x(rivals.p50_ms)}
        x2={x(rivals.p50_ms)}
        y1={6}
        y2={GROUND + 4}
      />
      <line
        class="spread-range"
        x1={x(rivals.p10_ms)}
        x2={x(rivals.p90_ms)}
        y1={GROUND}
        y2={GROUND}
      />
      {tookMs !== null && <circle class="spread-you" cx={x(tookMs)} cy={GROUND} r="7" />}
    </svg>
  );
}
