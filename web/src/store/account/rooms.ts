// The rooms in which one has played, as far as this browser knows.
import type { PastRace } from "#/api/types";
import { allKnownRooms } from "../known-rooms";

export type KnownRoom = { code: string; race: PastRace };

/** Each room once, with the last of its races that the server still has. */
export function roomsOf(races: readonly PastRace[], pairs = allKnownRooms()): KnownRoom[] {
  const rooms = new Map<string, PastRace>();
  for (const [id, code] of pairs) {
    const race = races.find((one) => one.id === id);
    if (race && !rooms.has(code)) rooms.set(code, race);
  }
  return [...rooms].map(([code, race]) => ({ code, race }));
}
