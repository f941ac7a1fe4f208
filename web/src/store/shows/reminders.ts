// When somebody is told that a concert they like is about to open. Pure.
import type { CalendarEntry } from "#/api/show-types";

/** So long before an opening, in milliseconds; the nearest first. */
const BEFORE_MS = [60_000, 600_000] as const;

export type Reminder = { key: string; entry: CalendarEntry; leftMs: number };

/**
 * The most urgent reminder that is due and was not told. Whoever comes later than ten minutes before is told at once,
 * and once only until the last minute.
 */
export function reminderDue(
  entries: readonly CalendarEntry[],
  nowMs: number,
  told: readonly string[],
): Reminder | null {
  for (const entry of [...entries].sort((a, b) => a.opens_at_ms - b.opens_at_ms)) {
    const leftMs = entry.opens_at_ms - nowMs;
    const before = BEFORE_MS.find((ms) => leftMs <= ms);
    if (leftMs <= 0 || before === undefined) continue;
    const key = `${entry.concert.id}.${entry.opens_at_ms}.${before}`;
    if (!told.includes(key)) return { key, entry, leftMs };
  }
  return null;
}
