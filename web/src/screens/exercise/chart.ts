// Where the times of the last runs stand on their little picture. Pure.

/** As many places as runs are shown: an empty one is seen. */
export const RUNS = 10;

type Dot = {
  x: number;
  y: number;
  /** What was not reached stands at the top, as slow as can be. */
  isReached: boolean;
  isBest: boolean;
};
export type Box = { width: number; height: number; pad: number };
export type Chart = { dots: Dot[]; usualY: number | null };

/** Times in milliseconds, the oldest first, null where the goal was not reached. Lower is faster. */
export function chartOf(
  times: readonly (number | null)[],
  usualMs: number | null,
  { width, height, pad }: Box,
): Chart {
  const reached = times.filter((ms) => ms !== null);
  const known = usualMs === null ? reached : [...reached, usualMs];
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const step = (width - 2 * pad) / (RUNS - 1);
  const yOf = (ms: number) => {
    const share = high > low ? (ms - low) / (high - low) : 0.5;
    return round(height - pad - share * (height - 2 * pad));
  };
  const best = Math.min(...reached);
  return {
    dots: times.slice(-RUNS).map((ms, at) => ({
      x: round(pad + at * step),
      y: ms === null ? pad : yOf(ms),
      isReached: ms !== null,
      isBest: ms !== null && ms === best,
    })),
    usualY: usualMs === null || reached.length < 2 ? null : yOf(usualMs),
  };
}

const round = (value: number) => Math.round(value * 10) / 10;
