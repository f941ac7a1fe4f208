// What a room is set to, and how a form edits it. Pure but for the reader's clock.
import type { Room, RoomSettings } from "#/api/room-types";
import type { Catalogue } from "#/api/types";
import { nextMoment, timeOfDay } from "#/platform/moments";
import { type Choice, firstChoice } from "../home/picks";

/** How long it may last from the start to the opening, in seconds. */
export const COUNTDOWNS_S = [15, 30, 60, 120, 300, 600] as const;
const COUNTDOWN_S = 30;

/** What is being chosen: the race, and how it starts. */
export type Draft = {
  choice: Choice;
  start: "button" | "at";
  /** A time of day such as 20:30. */
  time: string;
  countdownS: number;
};

const HALF_HOUR_MS = 1_800_000;

export function newDraft(known: Catalogue, nowMs: number): Draft {
  const soon = Math.ceil((nowMs + 60_000) / HALF_HOUR_MS) * HALF_HOUR_MS;
  return {
    choice: firstChoice(known),
    start: "button",
    time: timeOfDay(soon),
    countdownS: COUNTDOWN_S,
  };
}

/** The hall, the demand and the style of a room, also of one that names a scenario. */
export function choiceOf({ settings }: Room, known: Catalogue): Choice {
  const first = firstChoice(known);
  const card = known.scenarios.find(({ name }) => name === settings.scenario);
  return {
    plan: settings.plan ?? card?.plan ?? first.plan,
    demand: settings.demand ?? card?.demand ?? first.demand,
    style: settings.style ?? card?.style ?? first.style,
  };
}

export function draftOf(room: Room, known: Catalogue, nowMs: number): Draft {
  const { start, countdown_s } = room.settings;
  const draft = newDraft(known, nowMs);
  return {
    choice: choiceOf(room, known),
    start: start.kind,
    time: start.kind === "at" ? timeOfDay(start.at_ms) : draft.time,
    countdownS: countdown_s ?? COUNTDOWN_S,
  };
}

/** As the server wants it; null while the time is none. */
export function settingsOf(draft: Draft, nowMs: number): RoomSettings | null {
  const at = draft.start === "at" ? nextMoment(draft.time, nowMs) : null;
  if (draft.start === "at" && at === null) return null;
  return {
    ...draft.choice,
    start: at === null ? { kind: "button" } : { kind: "at", at_ms: at },
    countdown_s: draft.countdownS,
  };
}
