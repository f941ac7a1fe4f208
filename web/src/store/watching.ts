// The order in which people are shown to who watches, and how far each has come. Pure.
import type { WatchPerson, WatchStep } from "#/api/room-types";

/** How many marks stand for the whole way. */
export const WAY = 5;

/** How many of the marks lie behind somebody at a step. */
const BEHIND: Record<WatchStep, number> = {
  away: 0,
  pooled: 1,
  waiting: 1,
  captcha: 2,
  map: 3,
  holding: 4,
  paying: 4,
  booked: 5,
  gone: 0,
};

const RANKS: Record<WatchStep, number> = {
  booked: 0,
  paying: 1,
  holding: 2,
  map: 3,
  captcha: 4,
  waiting: 5,
  pooled: 6,
  away: 7,
  gone: 8,
};

export const behindOf = (step: WatchStep): number => BEHIND[step];

/** Whoever has come furthest comes first; in the queue whoever is nearest to the front, else whoever came earlier. */
export function sortPeople(people: readonly WatchPerson[]): WatchPerson[] {
  return [...people].sort(
    (one, other) =>
      RANKS[one.step] - RANKS[other.step] ||
      (one.position ?? 0) - (other.position ?? 0) ||
      one.since_ms - other.since_ms ||
      one.member - other.member,
  );
}
