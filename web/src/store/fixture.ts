// For tests: a race as the server tells it.
import type { Hold, Inside, Race, RaceState, RaceView, Style, You } from "#/api/types";

const TITLE = { ko: "공연", en: "Concert", ja: "公演" };

export const STYLE = {
  name: "n-style",
  title: TITLE,
  captcha: { step: "before-map", letters: 6, put_off: false },
  discounts: [],
  map: { refreshes: "live" },
  pay_steps: ["price", "receipt", "payment"],
  queue: { refresh: "goes-to-end", refresh_inside: "goes-to-end" },
  seats: { hold_at: "click", seats_max: 4 },
} as unknown as Style;

const AWAY: You = { kind: "away", locked_until_ms: 0 };

export const waiting = (position: number, behind = 0): You => ({
  kind: "waiting",
  place: position + 1,
  position,
  behind,
});

export const HOLD: Hold = {
  seats: [4, 5],
  discounts: [0, 0],
  since_ms: 0,
  until_ms: null,
  paying_until_ms: null,
  total_won: 330_000,
  fee_won: 4_000,
};

export const inside = (more: Partial<Inside> = {}): Inside => ({
  kind: "inside",
  place: 7,
  admitted_at_ms: 0,
  until_ms: 600_000,
  pass: "the-pass",
  captcha: "passed",
  challenge: 1,
  viewed: null,
  hold: null,
  ...more,
});

export function raceOf(more: Partial<Race> = {}): Race {
  return {
    id: "0123456789abcdef",
    title: TITLE,
    scenario: "small",
    demand: "calm",
    plan: "chamber",
    plan_address: "1-0c",
    style: STYLE,
    seats: 100,
    rivals: 50,
    opens_at_ms: 15_000,
    ends_at_ms: 900_000,
    shared: false,
    commitment: null,
    seed_chosen: false,
    exercise: null,
    goal_ms: null,
    performance: null,
    rehearses: null,
    ...more,
  };
}

export function stateOf(more: Partial<RaceState> = {}): RaceState {
  return {
    started_at_ms: 2_000_000,
    now_ms: 1_000,
    stage: "before",
    over: false,
    member: 0,
    members: 1,
    shifts: [],
    counts: { given: 0, served: 0, waiting: 0, inside: 0, free: 100, sold: 0 },
    you: AWAY,
    returns_at_ms: null,
    ...more,
  };
}

export function viewOf(state: Partial<RaceState> = {}, race: Partial<Race> = {}): RaceView {
  return { race: raceOf(race), state: stateOf(state) };
}
