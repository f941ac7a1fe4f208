// What the server says and is told of concerts, openings, likes and bookings, as its description has it.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type ConcertCard = Schemas["ConcertCard"];
export type ConcertPage = Schemas["ConcertPage"];
export type Concert = Schemas["Concert"];
export type Performance = Schemas["Performance"];
export type Opening = Schemas["Opening"];
export type Stage = Schemas["OpeningStage"];
export type SeatsLeft = Schemas["SeatsLeft"];
export type Calendar = Schemas["Calendar"];
export type CalendarEntry = Schemas["CalendarEntry"];

/** A booking with what it is of: not in the description yet. */
type BookedSeat = { place: string; grade: string; price_won: number };
export type Booking = {
  sale: string;
  number: number;
  concert: ConcertCard;
  performance: string;
  starts_at_ms: number;
  booked_at_ms: number;
  cancelled_at_ms: number | null;
  seats: BookedSeat[];
  total_won: number;
};
export type BookingPage = { bookings: Booking[]; next: string | null };
