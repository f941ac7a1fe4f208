// How long the rest of the queue may take, as a range: queues move in uneven steps. Pure.
/** Measured pace swings by about this much from batch to batch. */
const SWING = 0.2;

export type Range = { lowMs: number; highMs: number };

export function expectedRange(position: number, pacePerSecond: number | null): Range | null {
  if (pacePerSecond === null || pacePerSecond <= 0) return null;
  const middle = (position / pacePerSecond) * 1000;
  // Whole seconds: a tenth would promise more than is known.
  const whole = (ms: number) => Math.max(1_000, Math.round(ms / 1000) * 1000);
  return { lowMs: whole(middle * (1 - SWING)), highMs: whole(middle * (1 + SWING)) + 1_000 };
}
