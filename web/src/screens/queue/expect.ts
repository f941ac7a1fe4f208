// How long the rest of the queue may take, as a range that grows narrow the more was seen. Pure.
import type { PaceSeen } from "#/store/pace";

/** The rate of one of these differs from the average by up to a quarter. Several of them balance each other. */
const SWING_MS = 5_000;
const SWING = 0.25;

export type Range = { lowMs: number; highMs: number };

/** Null before the pace is known. */
export function expectedRange(position: number, pace: PaceSeen | null): Range | null {
  if (!pace || !(pace.perSecond > 0)) return null;
  const middleMs = (Math.max(1, position) / pace.perSecond) * 1000;
  const swingOver = (ms: number) => SWING * Math.sqrt(SWING_MS / Math.max(SWING_MS, ms));
  // What was seen may have been quick or slow, and so may what comes; few places tell less than many.
  const doubt = 1 + swingOver(pace.spanMs) + swingOver(middleMs) + 1 / pace.served;
  return { lowMs: down(middleMs / doubt), highMs: up(middleMs * doubt) };
}

/** Told as one would guess: seconds, then fives, half minutes and minutes. Never less than a second. */
function stepOf(ms: number): number {
  if (ms < 20_000) return 1_000;
  if (ms < 120_000) return 5_000;
  return ms < 600_000 ? 30_000 : 60_000;
}

const down = (ms: number) => Math.max(1_000, Math.floor(ms / stepOf(ms)) * stepOf(ms));
const up = (ms: number) => Math.max(2_000, Math.ceil(ms / stepOf(ms)) * stepOf(ms));
