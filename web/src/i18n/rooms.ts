// The words of rooms for what the server says by a name: refusals, steps of people, what cost most, apps.
import { Refused } from "#/api/client";
import type { Cost, WatchPerson, WatchStep } from "#/api/room-types";
import type { Problem } from "#/api/types";
import type { App } from "#/platform/in-app";
import type { NameFault } from "#/store/names";
import type { Column } from "#/store/results";
import { refusalOf } from "./refusals";
import { m, number } from "./words";

export const FAULT_WORDS: Record<NameFault, () => string> = {
  empty: m.room_name_empty,
  long: m.room_name_long,
  forbidden: m.room_name_forbidden,
};

const REFUSAL_WORDS = new Map<Problem["code"], () => string>([
  ["no-such-room", m.room_missing_title],
  ["room-closed", m.room_refused_closed],
  ["room-full", m.room_refused_full],
  ["not-host", m.room_refused_host],
  ["not-in-room", m.room_refused_outside],
  ["name-invalid", m.room_name_forbidden],
  ["room-started", m.room_refused_started],
  ["not-over", m.room_refused_not_over],
  ["still-racing", m.room_refused_racing],
  ["report-not-shared", m.room_refused_hidden],
  ["handover-invalid", m.handover_wrong],
]);

/** Why something was not done, for whoever asked for it. */
export function wordsOfRefusal(error: unknown): string {
  if (!(error instanceof Refused)) return `${m.oops_title()}. ${m.oops_text()}`;
  return REFUSAL_WORDS.get(error.problem.code)?.() ?? refusalOf(error);
}

const STEP_WORDS: Record<WatchStep, () => string> = {
  away: m.watch_away,
  pooled: m.watch_pooled,
  waiting: m.watch_waiting,
  captcha: m.watch_captcha,
  map: m.watch_map,
  holding: m.watch_holding,
  paying: m.watch_paying,
  booked: m.watch_booked,
  gone: m.watch_gone,
};

/** Where somebody is; in the queue with their position, if it is known. */
export function wordsOfStep({ step, position }: Pick<WatchPerson, "step" | "position">): string {
  return step === "waiting" && position !== null
    ? m.watch_waiting_at({ place: number(position) })
    : STEP_WORDS[step]();
}

export const COST_WORDS: Record<Cost, () => string> = {
  press: m.results_cost_press,
  queue: m.results_cost_queue,
  captcha: m.results_cost_captcha,
  seat: m.results_cost_seat,
  pay: m.results_cost_pay,
};

export const COLUMN_WORDS: Record<Column, () => string> = {
  who: m.results_who,
  ending: m.results_ending,
  press: m.results_press,
  place: m.results_place,
  first: m.results_first,
  held: m.results_held,
  paid: m.results_paid,
  seat: m.results_seat,
  quality: m.results_quality,
  cost: m.results_cost,
};

export const APP_WORDS: Record<App, () => string> = {
  kakaotalk: m.inapp_kakaotalk,
  instagram: m.inapp_instagram,
  line: m.inapp_line,
  facebook: m.inapp_facebook,
  naver: m.inapp_naver,
  other: m.inapp_other,
};
