/** What a server could tell of somebody: put in place of its answers, for states that take long to reach. */

import type { Page } from "@playwright/test";
import type { DoorTicket, Me, PointsPage, TicketedBooking } from "../src/api/account-types";
import type { Booking, ConcertCard } from "../src/api/show-types";

export const GUEST: Me = {
  person: "guest",
  account: null,
  points_won: null,
  providers: [
    { id: "kakao", name: "Kakao" },
    { id: "here", name: "Here" },
  ],
  is_administrator: false,
};

const DAY_MS = 86_400_000;

export const personAt = (nowMs: number): Me => ({
  ...GUEST,
  person: "minji",
  account: { name: "minji", provider: "kakao", since_ms: nowMs - 40 * DAY_MS },
  points_won: 9_670_000,
});

export const pointsAt = (nowMs: number): PointsPage => ({
  balance_won: 9_670_000,
  entries: [
    {
      at_ms: nowMs - 3_600_000,
      amount_won: 161_000,
      balance_won: 9_670_000,
      cause: "cancelled",
      concert: "concert b",
      sale: "00000000000000b1",
      booking: 1,
    },
    {
      at_ms: nowMs - 2 * DAY_MS,
      amount_won: -326_000,
      balance_won: 9_509_000,
      cause: "payment",
      concert: "concert a",
      sale: "00000000000000a1",
      booking: 0,
    },
    {
      at_ms: nowMs - 2 * DAY_MS - 60_000,
      amount_won: -165_000,
      balance_won: 9_835_000,
      cause: "payment",
      concert: "concert b",
      sale: "00000000000000b1",
      booking: 1,
    },
    {
      at_ms: nowMs - 40 * DAY_MS,
      amount_won: 10_000_000,
      balance_won: 10_000_000,
      cause: "welcome",
      concert: null,
      sale: null,
      booking: null,
    },
  ],
  next: null,
});

const SEATS = [
  { place: "1-A-3-14", grade: "VIP", price_won: 165_000 },
  { place: "1-A-3-15", grade: "VIP", price_won: 165_000 },
];

export function bookingOf(concert: ConcertCard, nowMs: number, differs: Partial<Booking> = {}) {
  const booking: Booking = {
    sale: "00000000000000a1",
    number: 0,
    concert,
    performance: "1",
    starts_at_ms: nowMs + 20 * DAY_MS,
    booked_at_ms: nowMs - 2 * DAY_MS,
    cancelled_at_ms: null,
    seats: SEATS,
    total_won: 334_000,
    paid_with: "points",
    refunded_won: null,
    is_practice: false,
    cancel_until_ms: nowMs + 19 * DAY_MS,
    cancel: { fee_won: 8_000, refund_won: 326_000 },
    ...differs,
  };
  return booking;
}

export const ticketed = (booking: Booking): TicketedBooking => ({
  booking,
  tickets:
    booking.cancelled_at_ms === null
      ? booking.seats.map((seat, at) => ({
          ...seat,
          code: `ZK3VQ7HX2S4T${"AB"[at]}BN7CR2MW5YL3PK4DF6GJQ5TUVWXYZ2`,
        }))
      : [],
});

export const doorTicket = (state: DoorTicket["state"], nowMs: number): DoorTicket => ({
  state,
  title: "concert a",
  venue: "hall a",
  starts_at_ms: nowMs + 3_600_000,
  place: "1-A-3-14",
  grade: "VIP",
  entered_at_ms: state === "entered" ? nowMs - 600_000 : null,
});

/** Answers a question in place of the server. */
export const tell = (page: Page, path: string | RegExp, json: unknown) =>
  page.route(path, (route) => route.fulfill({ json }));

export const refuse = (page: Page, path: string, status: number, code: string, more = {}) =>
  page.route(path, (route) =>
    route.fulfill({
      status,
      contentType: "application/problem+json",
      json: { type: "about:blank", title: "", status, code, ...more },
    }),
  );
