// What the server says and is told of rooms, open races, watching and results. Written by hand until the description
// of the API has these schemas: then each becomes `Schemas["…"]`, as in `types.ts`.
import type { Counts, Ending, NewRace, Race, RaceState, Title } from "./types";

/** A moment at which race time stood still, or jumped ahead. */
export type Shift = {
  /** Race time at which it happened, in milliseconds. */
  at_ms: number;
  /** How much real time went by while race time stood still; of a jump, how far it went. In milliseconds. */
  by_ms: number;
  cause: "outage" | "forward";
};

/** What a state has gained with races that several people may enter. */
type MoreState = { shifts?: Shift[] };
/** What a race has gained. */
type MoreRace = { shared?: boolean; commitment?: string | null; seed_chosen?: boolean };

export const shiftsOf = (state: RaceState): readonly Shift[] =>
  (state as RaceState & MoreState).shifts ?? [];
export const isShared = (race: Race): boolean => (race as Race & MoreRace).shared === true;
/** What seed and secret of a race are sealed with; null for a race that one is alone in. */
export const commitmentOf = (race: Race): string | null =>
  (race as Race & MoreRace).commitment ?? null;

/** The step that cost most, by the report's findings. */
export type Cost = "press" | "queue" | "captcha" | "seat" | "pay";

/** How one member fared. Times are milliseconds after the opening. */
export type ResultRow = {
  member: number;
  name: string | null;
  you: boolean;
  /** Null while the run goes on. */
  ending: Ending | null;
  /** Negative: before the opening. */
  press_ms: number | null;
  place: number | null;
  admitted_ms: number | null;
  first_seat_ms: number | null;
  held_ms: number | null;
  paid_ms: number | null;
  seats: number[];
  section: string | null;
  /** From 0 for the worst seat of the plan to 1 for the best. */
  quality: number | null;
  cost: Cost | null;
  report_shared: boolean;
};

export type Results = {
  race: string;
  over: boolean;
  rows: ResultRow[];
  commitment: string | null;
  /** Both only once the race is over for everybody. */
  seed: string | null;
  captcha_secret: string | null;
};

export type WatchStep =
  | "away"
  | "pooled"
  | "waiting"
  | "captcha"
  | "map"
  | "holding"
  | "paying"
  | "booked"
  | "gone";

export type WatchPerson = {
  member: number;
  name: string | null;
  step: WatchStep;
  position: number | null;
  since_ms: number;
};

/** What a watcher is told, at most once a second. */
export type WatchState = {
  now_ms: number;
  started_at_ms: number;
  stage: RaceState["stage"];
  counts: Counts;
  people: WatchPerson[];
  /** How many people there are beyond those. */
  more: number;
};

export type RoomMember = {
  number: number;
  name: string;
  ready: boolean;
  host: boolean;
  /** Has a live connection. */
  here: boolean;
  /** Looks at the watching screen, in one of their tabs. */
  watching: boolean;
  run: "away" | "in" | "over";
};

/** What starts a room's race: the host's press, or the clock, which opens the sale at this Unix moment. */
export type RoomStart = { kind: "button" } | { kind: "at"; at_ms: number };

export type RoomSettings = Omit<NewRace, "seed"> & {
  start: RoomStart;
  countdown_s: number;
};

export type Room = {
  code: string;
  kind: "room" | "open";
  settings: RoomSettings;
  title: Title;
  /** The host's number; null in an open race. */
  host: number | null;
  /** The number of the member who asks, from 1; null for who is none. */
  you: number | null;
  /** The name of the member who asks: a large room tells only some of its members. */
  your_name: string | null;
  door: "open" | "closed";
  stage: "lobby" | "counting" | "running" | "over";
  race: string | null;
  /** Races before this one. */
  rematch: number;
  /** When race time begins, in Unix milliseconds. */
  starts_at_ms: number | null;
  /** When the sale opens, in Unix milliseconds. */
  opens_at_ms: number | null;
  members: RoomMember[];
  member_count: number;
  members_max: number;
  expires_at_ms: number;
  commitment: string | null;
  /** Grows with each change. */
  revision: number;
};

export type OpenRace = {
  code: string;
  title: Title;
  starts_at_ms: number;
  opens_at_ms: number;
  scenario: string;
  plan: string;
  demand: string;
  style: string;
  /** How many people are in. */
  entered: number;
  rivals: number;
  seats: number;
  stage: Room["stage"];
};

export type OpenRaces = {
  /** Those that open next, the earliest first. */
  next: OpenRace[];
  /** Those that are open and have somebody in them. */
  running: OpenRace[];
  now_ms: number;
};

/** A code by which another browser becomes the same guest, and how long it is good. */
export type HandOver = { code: string; good_for_s: number };
