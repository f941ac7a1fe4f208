// What is new in a room since it was last heard of, as far as it is worth saying aloud. Pure.
import type { Room, RoomMember } from "#/api/room-types";

export type News =
  | { kind: "joined"; names: string[] }
  | { kind: "host"; name: string; isYou: boolean }
  | { kind: "started" }
  | { kind: "reopened" }
  /** Somebody else ended one's own membership. */
  | { kind: "removed" };

const isBegun = ({ stage }: Room) => stage === "counting" || stage === "running";

/** In the order in which it is said. */
export function newsBetween(before: Room, after: Room): News[] {
  const news: News[] = [];
  if (before.you !== null && after.you === null) return [{ kind: "removed" }];
  const known = new Set(before.members.map(({ number }) => number));
  const names = after.members
    .filter(({ number }) => !known.has(number) && number !== after.you)
    .map(({ name }) => name);
  if (names.length > 0) news.push({ kind: "joined", names });
  const host = hostOf(after);
  if (host && before.host !== null && before.host !== after.host) {
    news.push({ kind: "host", name: host.name, isYou: host.number === after.you });
  }
  if (after.rematch > before.rematch) news.push({ kind: "reopened" });
  if (!isBegun(before) && isBegun(after)) news.push({ kind: "started" });
  return news;
}

function hostOf(room: Room): RoomMember | null {
  return room.members.find(({ number }) => number === room.host) ?? null;
}

/** The member who asks; null for who is none. A large room tells only some of its members, so they may not be among those. */
export function memberOf(room: Room): RoomMember | null {
  const { you, your_name, members, host } = room;
  if (you === null) return null;
  const found = members.find(({ number }) => number === you);
  return found ?? { ...UNTOLD, number: you, name: your_name ?? "", host: you === host };
}

const UNTOLD = { ready: false, here: true, watching: false, run: "away" } as const;

/**
 * The race that a member is led to: one that has begun, in which they have yet to play, and to which this page has not
 * led them before. Whoever comes back to the room stays there.
 */
export function raceToEnter(room: Room, enteredBefore: string | null): string | null {
  const member = memberOf(room);
  const isToPlay = member !== null && member.run !== "over";
  if (!isToPlay || !isBegun(room) || room.race === enteredBefore) return null;
  return room.race;
}
