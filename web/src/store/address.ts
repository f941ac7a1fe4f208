// What an address means. Pure: the history that holds it is elsewhere.
import { isStep, type Step } from "./steps";

export type Route =
  | { kind: "home" }
  | { kind: "race"; id: string; step: Step | null }
  /** A room by its code, the form for a new one, and the page that takes over from another browser. */
  | { kind: "room"; code: string; view: RoomView; member: number | null }
  | { kind: "new-room" }
  | { kind: "hand-over" }
  | { kind: "progress" }
  /**
   * A screen of the shows; `id` is that of the concert, of a performance that leads to it, or of a booking; at the door a
   * ticket's code or nothing. What is looked for stands behind the path.
   */
  | { kind: "shows"; page: ShowsPage; id: string }
  | { kind: "unknown" };

export type RoomView = "room" | "watch" | "results";

type ShowsPage =
  | "shows"
  | "search"
  | "calendar"
  | "concert"
  | "performance"
  | "me"
  | "likes"
  | "booking"
  | "door";

const SHOWS =
  /^\/(?:(shows|calendar|me|door)|shows\/(search)|(concert|performance)s\/([\w-]{1,40})|me\/(?:(likes)|(booking)s\/([\w-]{1,40}\/\d{1,10}))|(door)\/([A-Z2-7]{1,80}))$/;

const ROOM = /^\/room\/([a-z2-7]{16})(?:\/(watch|results)(?:\/(\d{1,9}))?)?\/?$/;

export function parsePath(path: string): Route {
  if (path === "/") return { kind: "home" };
  if (path === "/room") return { kind: "new-room" };
  if (path === "/handover") return { kind: "hand-over" };
  if (path === "/progress") return { kind: "progress" };
  const [, code, view = "room", member] = ROOM.exec(path) ?? [];
  if (code && !(member && view === "watch")) {
    return {
      kind: "room",
      code,
      view: view as RoomView,
      member: member === undefined ? null : Number(member),
    };
  }
  const [, list, search, concert, concertId, likes, booking, bookingId, door, ticket] =
    SHOWS.exec(path) ?? [];
  const page = list ?? search ?? concert ?? likes ?? booking ?? door;
  const showId = concertId ?? bookingId ?? ticket ?? "";
  if (page) return { kind: "shows", page: page as ShowsPage, id: showId };
  const [, race, id, step, rest] = path.replace(/\/$/, "").split("/");
  const isRace = race === "race" && /^[0-9a-f]{16}$/.test(id ?? "") && rest === undefined;
  if (!isRace || !id) return { kind: "unknown" };
  if (step === undefined) return { kind: "race", id, step: null };
  return isStep(step) ? { kind: "race", id, step } : { kind: "unknown" };
}

export const racePath = (id: string, step: Step) => `/race/${id}/${step}`;

/** Where a room, its watchers or its results are; with a number, the report of that member. */
export function roomPath(code: string, view: RoomView = "room", member?: number): string {
  const tail = view === "room" ? "" : `/${view}${member === undefined ? "" : `/${member}`}`;
  return `/room/${code}${tail}`;
}

export const concertPath = (id: string) => `/concerts/${id}`;

/** Leads to the page of the performance's concert. */
export const performancePath = (id: string) => `/performances/${id}`;

type OfShow = { performance: string | null; rehearses: string | null };

/** The performance that a race sells or rehearses; null if it is about none. */
export const showOf = (race: OfShow) => race.performance ?? race.rehearses;

/** The page that a race leads back to: its concert's, or the first. */
export function wayBack(race: OfShow | undefined): string {
  const performance = race && showOf(race);
  return performance ? performancePath(performance) : "/";
}
export const LIKES_PATH = "/me/likes";
export const doorPath = (code: string) => `/door/${code}`;
export const bookingPath = (sale: string, number: number) => `/me/bookings/${sale}/${number}`;
