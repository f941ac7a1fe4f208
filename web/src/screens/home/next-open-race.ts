// Which open race the first page offers.
import type { OpenRace } from "#/api/room-types";

/** The one that opens next of those that may be entered; failing that one that is open, or the next that may be entered later. */
export function nextOf(all: readonly OpenRace[], nowMs: number): OpenRace | null {
  const ready = all.filter(({ enter_from_ms }) => enter_from_ms <= nowMs);
  return ready.find(({ opens_at_ms }) => opens_at_ms > nowMs) ?? ready[0] ?? all[0] ?? null;
}
