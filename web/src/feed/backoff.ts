// How long to wait before knocking again: twice as long each time, up to a bound, never in step with others.
const FIRST_MS = 250;
const LONGEST_MS = 5_000;

/** `chance` is between 0 and 1: half of the wait is left to it, so that a crowd spreads out. */
export function waitBeforeTry(failures: number, chance: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return whole / 2 + (whole / 2) * chance;
}
