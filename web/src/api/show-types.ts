// What the server says and is told of concerts, openings, likes and bookings.

/** What a list shows of a concert. */
export type ConcertCard = {
  id: string;
  title: string;
  /** Where its picture lies. */
  poster: string;
  venue: string;
  city: string;
  zone: string;
  first_day: string;
  last_day: string;
  books_from_ms: number;
  books_until_ms: number;
  performers: string[];
  /** Null for a guest whom the server does not know yet. */
  liked: boolean | null;
  /** In the lists of what is on sale and what opens soon: the opening that puts it there. */
  opening: CardOpening | null;
};
type CardOpening = { performance: string; opens_at_ms: number; closes_at_ms: number };
export type ConcertPage = { concerts: ConcertCard[]; next: string | null };

export type Stage = "before" | "lobby" | "open" | "sold-out" | "closed";
export type Opening = {
  opens_at_ms: number;
  closes_at_ms: number;
  style: string;
  rivals: number;
  is_practice: boolean;
  seats_per_person: number;
  cancelled_seats: "at-once" | "in-batches";
  stage: Stage;
  race: string | null;
};
export type SeatsLeft = {
  seen_at_ms: number;
  total: number;
  sections: { section: string; grade: string; seats: number }[];
};
export type Performance = {
  id: string;
  concert: string;
  starts_at_ms: number;
  day: string;
  opening: Opening;
  seats_left: SeatsLeft | null;
};
export type Concert = {
  card: ConcertCard;
  description: string;
  venue_id: string;
  /** Without an address there is nothing to draw. */
  plan: { name: string; address: string | null };
  grades: { name: string; price_won: number }[];
  performers: { id: string; name: string; picture: string }[];
  performances: Performance[];
};

export type CalendarEntry = {
  concert: ConcertCard;
  opens_at_ms: number;
  performance: string;
  performance_count: number;
};
export type Calendar = { entries: CalendarEntry[]; is_cut: boolean };

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
