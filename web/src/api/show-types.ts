// What the server says and is told of concerts, openings, likes and bookings, as its description has it.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type ConcertCard = Schemas["ConcertCard"];
export type ConcertPage = Schemas["ConcertPage"];
export type Performance = Schemas["Performance"];
export type Concert = Schemas["Concert"];
export type Opening = Schemas["Opening"];
export type Stage = Schemas["OpeningStage"];
export type SeatsLeft = Schemas["SeatsLeft"];
export type Calendar = Schemas["Calendar"];
export type CalendarEntry = Schemas["CalendarEntry"];
export type Booking = Schemas["ShowBooking"];
export type BookingPage = Schemas["ShowBookingPage"];
