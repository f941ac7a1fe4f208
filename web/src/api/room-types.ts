// What the server says and is told of rooms, open races, watching and results. What is by hand is not in the
// description of the API yet.
import type { components } from "./schema";
import type { Counts, Ending, Race, RaceState } from "./types";

type Schemas = components["schemas"];

/** What a race has gained. */
type MoreRace = { shared?: boolean; commitment?: string | null; seed_chosen?: boolean };

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

export type Room = Schemas["Room"];
export type RoomMember = Schemas["RoomMember"];
export type RoomSettings = Schemas["RoomSettings"];
export type OpenRace = Schemas["OpenRace"];
export type OpenRaces = Schemas["OpenRaces"];
export type HandOver = Schemas["HandoverCode"];
