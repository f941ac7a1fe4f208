// Who waits for a seat of a sale that is sold out, and when one has come back. Pure.
import type { PastRace } from "#/api/types";

/** As many sales as anybody follows at once: each is asked for again and again. */
const WAITS_MAX = 3;

export type Wait = Pick<PastRace, "id" | "title"> & { performance: string };

/** The newest sales in which somebody was and did not get a seat. */
export function waitsIn(races: readonly PastRace[]): Wait[] {
  const waits: Wait[] = [];
  for (const { id, title, performance, ending } of races)
    if (performance !== null && ending !== "paid") waits.push({ id, title, performance });
  return waits.slice(0, WAITS_MAX);
}

/** How many seats of each performance were free when last looked at. */
export type Free = Map<string, number>;

/** Notes how many seats are free; true if none was before, so that whoever waits is told. */
export function noteFree(free: Free, performance: string, seats: number | null): boolean {
  const before = free.get(performance);
  if (seats === null) free.delete(performance);
  else free.set(performance, seats);
  return before === 0 && seats !== null && seats > 0;
}
