// Which room a race belongs to, remembered in this browser: the race itself knows of no room.
import { recall, remember } from "#/platform/storage";

const KEY = "rooms";
const KEPT_MAX = 20;

type Pair = [race: string, code: string];

function readAll(): Pair[] {
  try {
    const all: unknown = JSON.parse(recall(KEY) ?? "[]");
    return Array.isArray(all) ? (all as Pair[]) : [];
  } catch {
    return [];
  }
}

export function noteRoom(race: string, code: string): void {
  const all = readAll();
  if (all.some(([known, of]) => known === race && of === code)) return;
  const others = all.filter(([known]) => known !== race);
  remember(KEY, JSON.stringify([[race, code], ...others].slice(0, KEPT_MAX)));
}

/** The code of the room in which a race was made; null where this browser knows of none. */
export function roomOfRace(race: string): string | null {
  return readAll().find(([known]) => known === race)?.[1] ?? null;
}
