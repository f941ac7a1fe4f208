// Bookings that were seen once, kept in this browser so that their tickets are shown where there is no line.
import type { TicketedBooking } from "#/api/account-types";
import { remember } from "#/platform/storage";
import { keepRow, keptRows } from "../kept-rows";
import { OF_THE_PERSON } from "../me";

export type KeptBooking = { told: TicketedBooking; seen_at_ms: number };

/** Of another version of the page nothing is taken over that lacks a part. */
function isKept(value: unknown): value is KeptBooking {
  const { told, seen_at_ms } = (value ?? {}) as Partial<KeptBooking>;
  const { booking, tickets } = told ?? {};
  return (
    typeof seen_at_ms === "number" &&
    typeof booking?.sale === "string" &&
    typeof booking.concert?.title === "string" &&
    booking.cancel_until_ms !== undefined &&
    Array.isArray(booking.seats) &&
    Array.isArray(tickets)
  );
}

/** The last seen first. */
export const keptBookings = (): KeptBooking[] => keptRows<unknown>(OF_THE_PERSON).filter(isKept);

const isOf = (sale: string, number: number) => (kept: KeptBooking) =>
  kept.told.booking.sale === sale && kept.told.booking.number === number;

export const keptBooking = (sale: string, number: number): KeptBooking | null =>
  keptBookings().find(isOf(sale, number)) ?? null;

export function keepBooking(told: TicketedBooking, seenAtMs: number): void {
  const { sale, number } = told.booking;
  keepRow<KeptBooking>(OF_THE_PERSON, { told, seen_at_ms: seenAtMs }, isOf(sale, number));
}

/** For one that the server does not know, or not as this person's. */
export function forgetBooking(sale: string, number: number): void {
  const others = keptBookings().filter((kept) => !isOf(sale, number)(kept));
  remember(OF_THE_PERSON, JSON.stringify(others));
}
