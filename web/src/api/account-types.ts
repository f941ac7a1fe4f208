// What the server says of accounts, points, tickets and the door.
import type { Booking } from "./show-types";

type LogInProvider = { id: string; name: string };
export type Me = {
  account: { name: string | null; provider: string; since_ms: number } | null;
  points_won: number | null;
  providers: LogInProvider[];
  is_administrator: boolean;
};

export type PointsCause = "welcome" | "payment" | "payment-returned" | "cancelled";
export type PointsEntry = {
  at_ms: number;
  amount_won: number;
  balance_won: number;
  cause: PointsCause;
  concert: string | null;
  sale: string | null;
  booking: number | null;
};
export type PointsPage = { balance_won: number; entries: PointsEntry[]; next: string | null };

export type Ticket = { place: string; grade: string; price_won: number; code: string };
export type TicketedBooking = { booking: Booking; tickets: Ticket[] };

export type DoorState = "valid" | "cancelled" | "practice" | "entered";
export type DoorTicket = {
  state: DoorState;
  title: string;
  venue: string;
  starts_at_ms: number;
  place: string;
  grade: string;
  entered_at_ms: number | null;
};
