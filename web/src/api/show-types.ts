// What the server says and is told of concerts, openings, likes and bookings, as its description has it.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type ConcertCard = Schemas["ConcertCard"];
export type ConcertPage = Schemas["ConcertPage"];
export type Performance = Omit<Schemas["Performance"], "opening"> & { opening: Opening };
export type Concert = Omit<Schemas["Concert"], "performances"> & { performances: Performance[] };
export type Opening = Schemas["Opening"] & { guests_may_enter: boolean };
export type Stage = Schemas["OpeningStage"];
export type SeatsLeft = Schemas["SeatsLeft"];
export type Calendar = Schemas["Calendar"];
export type CalendarEntry = Schemas["CalendarEntry"];
/** What a cancelled booking gives back, as long as it can be cancelled. */
type Cancelling = { until_ms: number; fee_won: number; refund_won: number };
export type Booking = Schemas["ShowBooking"] & {
  paid_with: "points" | "purse";
  refunded_won: number | null;
  is_practice: boolean;
  cancel: Cancelling | null;
};
export type BookingPage = Omit<Schemas["ShowBookingPage"], "bookings"> & { bookings: Booking[] };
