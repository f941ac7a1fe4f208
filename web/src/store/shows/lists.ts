// The lists of concerts and of bookings as far as they were read, so that the way back leads to where one was.

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
    new Paged<ConcertCard>(async (after, count) => {
      const { concerts, next } = await getConcerts(wanted, after, count);
      return { rows: concerts, next };
    }, idOf);
  kept.set(key, list);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  return list;
}

/** The card of a concert, if a list that is kept has it: it is shown before the whole of the concert is there. */
export function knownCard(id: string): ConcertCard | null {
  for (const list of [...kept.values(), myLikes]) {
    const card = list.rows.value?.find((one) => one.id === id);
    if (card) return card;
  }
  return null;
}

/** What one likes. Whoever logs in or out loads the page anew: the lists of another are never shown. */
export const myLikes: CardList = new Paged<ConcertCard>(async (after, count) => {
  const { concerts, next } = await getLikes(after, count);
  return { rows: concerts, next };
}, idOf);

export const keyOfBooking = ({ sale, number }: Booking) => `${sale}.${number}`;

export const myBookings = new Paged<Booking>(async (after, count) => {
  const { bookings, next } = await getBookings(after, count);
  return { rows: bookings, next };
}, keyOfBooking);
