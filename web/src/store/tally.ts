// What everybody may know of a race at a moment, and when seats may come back. Pure.
import type { Counts, RaceState } from "#/api/types";

export type Tally = Counts & Pick<RaceState, "returns_at_ms">;

/** The numbers of a state or of a message that carries others beside them. */
export function tallyOf(counts: Counts, returnsAtMs: number | null): Tally {
  const { given, served, waiting, inside, free, sold } = counts;
  return { given, served, waiting, inside, free, sold, returns_at_ms: returnsAtMs };
}
