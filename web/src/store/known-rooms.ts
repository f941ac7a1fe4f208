// Which room a race belongs to, remembered in this browser: the race itself knows of no room.
import { keepRow, keptRows } from "./kept-rows";

const KEY = "rooms";

type Pair = [race: string, code: string];

export function noteRoom(race: string, code: string): void {
  if (roomOfRace(race) !== code) keepRow<Pair>(KEY, [race, code], ([known]) => known === race);
}

/** The code of the room in which a race was made; null where this browser knows of none. */
export function roomOfRace(race: string): string | null {
  return keptRows<Pair>(KEY).find(([known]) => known === race)?.[1] ?? null;
}
