// The lists of concerts as far as they were read, so that the way back leads to where one was.

import type { Booking, ConcertCard } from "#/api/show-types";
import { getBookings, getConcerts, getLikes, type Wanted } from "#/api/shows";
import { Paged } from "./paged";

/** Lists that are kept; the one that was looked at longest ago is forgotten first. */
const KEPT_MAX = 6;

export type CardList = Paged<ConcertCard>;

const kept = new Map<string, CardList>();

const idOf = ({ id }: ConcertCard) => id;

/** What the server has for this: a list by its name, or what a search finds. The same object for the same question. */
export function concertsOf(wanted: Wanted): CardList {
  const key = JSON.stringify(wanted);
  const known = kept.get(key);
  kept.delete(key);
  const list =
    known ??
    new Paged<ConcertCard>(async (after) => {
      const { concerts, next } = await getConcerts(wanted, after);
      return { rows: concerts, next };
    }, idOf);
  kept.set(key, list);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  return list;
}

/** The card of a concert, if a list that is kept has it: it is shown before the whole of the concert is there. */
export function knownCard(id: string): ConcertCard | null {
  for (const list of kept.values()) {
    const card = list.rows.value?.find((one) => one.id === id);
    if (card) return card;
  }
  return null;
}

export const newLikes = () =>
  new Paged<ConcertCard>(async (after) => {
    const { concerts, next } = await getLikes(after);
    return { rows: concerts, next };
  }, idOf);

export const keyOfBooking = ({ sale, number }: Booking) => `${sale}.${number}`;

export const newBookings = () =>
  new Paged<Booking>(async (after) => {
    const { bookings, next } = await getBookings(after);
    return { rows: bookings, next };
  }, keyOfBooking);
