// The server's endpoints for concerts, likes, openings and bookings. Fetched with the screens of shows.
import { get, LARGE, post, tell } from "./client";
import type {
  BookingPage,
  Calendar,
  Concert,
  ConcertCard,
  ConcertPage,
  Performance,
  SeatsLeft,
} from "./show-types";
import type { RaceView } from "./types";

const concert = (id: string) => `/api/concerts/${encodeURIComponent(id)}`;
const performance = (id: string) => `/api/performances/${encodeURIComponent(id)}`;

/** What is `null` or empty does not matter, and is not asked. */
function asked(parameters: Record<string, string | null | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value) query.set(name, value);
  const text = query.toString();
  return text && `?${text}`;
}

export type Wanted = Record<string, string>;

/** Which part of a list is asked for: `after` is where the page before ended. */
const part = (after: string | null, rows: number) => ({ after, rows: String(rows) });

/** A page of a list or of what a search finds. */
export const getConcerts = (wanted: Wanted, after: string | null, rows: number) =>
  get<ConcertPage>(`/api/concerts${asked({ ...wanted, ...part(after, rows) })}`);
export const getLikes = (after: string | null, rows: number) =>
  get<ConcertPage>(`/api/likes${asked(part(after, rows))}`);
export const getBanners = () => get<ConcertCard[]>("/api/banners");
export const getCities = () => get<string[]>("/api/cities");
export const getPerformance = (id: string) => get<Performance>(performance(id));
/** Null where the seats of a performance were never looked at. */
export const getSeatsLeft = (id: string) => get<SeatsLeft | null>(`${performance(id)}/seats-left`);
export const getConcert = (id: string) => get<Concert>(concert(id));
/** Openings from the first to the last of these days, both among them. */
export const getCalendar = (from: string, to: string, isLiked: boolean) =>
  get<Calendar>(`/api/calendar${asked({ from, to, liked: isLiked ? "true" : null })}`);

export const setLiked = (id: string, isLiked: boolean) =>
  tell(`${concert(id)}/like`, undefined, { method: isLiked ? "PUT" : "DELETE" });
export const enterOpening = (id: string) =>
  post<RaceView>(`${performance(id)}/enter`, {}, { policy: LARGE });

export const getBookings = (after: string | null, rows: number) =>
  get<BookingPage>(`/api/bookings${asked(part(after, rows))}`);
/** `refundWon` is what one was told that comes back: if it is something else by now, nothing is cancelled. */
export const cancelBooking = (sale: string, number: number, refundWon: number | null) => {
  const expected = asked({ refund_won: refundWon?.toString() });
  const path = `/api/bookings/${encodeURIComponent(sale)}/${number}${expected}`;
  return tell(path, undefined, { method: "DELETE" });
};

export const openingPath = (id: string) => `${concert(id)}/opening.ics`;
export const LIKED_OPENINGS_PATH = "/api/likes/openings.ics";
