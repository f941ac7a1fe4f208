/** What the server says and is told, by hand from docs/API.md. Times ending in `_ms` are milliseconds. */

export type Language = "ko" | "en" | "ja";
export type Title = Record<Language, string>;

export type Style = {
  name: string;
  title: Title;
  queue: { refresh: RefreshCost; refresh_inside: RefreshCost; early_lock_ms: number };
  captcha: {
    step: "never" | "before-map" | "before-hold" | "before-pay";
    letters: number;
    put_off: boolean;
  };
  seats: {
    hold_at: "click" | "done" | "payment";
    hold_ms: number;
    pass_ms: number;
    seats_max: number;
    fee_won: number;
  };
  map: { refreshes: "by-itself" | "by-hand" };
  discounts: { title: Title; percent: number }[];
  pay_steps: PayStep[];
};

/** What loading the page anew costs: the place or the pass, or nothing. */
export type RefreshCost = "goes-to-end" | "keeps";

export type PayStep = "price" | "receipt" | "payment";

export type ScenarioEntry = {
  name: string;
  title: Title;
  plan: string;
  demand: string;
  style: string;
  rivals: number;
  seats: number;
  lobby_ms: number;
};
export type PlanEntry = { name: string; title: Title; seats: number };
export type DemandEntry = { name: string; title: Title; rivals: number; admissions_per_s: number };

export type Catalogue = {
  scenarios: ScenarioEntry[];
  plans: PlanEntry[];
  demands: DemandEntry[];
  styles: Style[];
};

export type RowNumbers = string[] | { from: number; count: number };
export type PlanRow = {
  label: string;
  first_seat: number;
  numbers: RowNumbers;
  x: number[];
  y: number[];
  grades: number[] | number;
  kinds?: { wheelchair?: number[]; restricted?: number[] };
  gaps?: number[];
};
export type PlanSection = {
  floor: string;
  label: string;
  outline: [number, number][];
  rows: PlanRow[];
};
export type Grade = { name: string; color: string; price_won: number };
export type Plan = {
  name: string;
  title: Title;
  width: number;
  height: number;
  stage: { shape: "end" | "thrust" | "round"; outline: [number, number][] };
  grades: Grade[];
  sections: PlanSection[];
};

export type Hold = {
  seats: number[];
  discounts: number[];
  since_ms: number;
  until_ms: number | null;
  total_won: number;
  fee_won: number;
};
export type CaptchaState = "none" | "due" | "put-off" | "passed";
export type GoneCause =
  | "left"
  | "lost"
  | "pass-ended"
  | "hold-ended"
  | "closed"
  | "time-over"
  | "sold-out";

export type Inside = {
  kind: "inside";
  place: number;
  admitted_at_ms: number;
  until_ms: number;
  pass: string;
  captcha: CaptchaState;
  challenge: number;
  viewed: null | { section: number; at_ms: number };
  hold: null | Hold;
};
export type Booking = { id: number; seats: number[]; total_won: number; paid_at_ms: number };
export type You =
  | { kind: "away"; locked_until_ms: number }
  | { kind: "pooled" }
  | { kind: "waiting"; place: number; position: number; behind: number }
  | Inside
  | { kind: "booked"; booking: Booking; place: number | null }
  | { kind: "gone"; cause: GoneCause; at_ms: number; place: number | null };

export type Counts = {
  given: number;
  served: number;
  waiting: number;
  inside: number;
  free: number;
  sold: number;
};
export type Stage = "before" | "open" | "paused" | "closed";

export type Race = {
  id: string;
  scenario: string;
  title: Title;
  plan: string;
  demand: string;
  style: Style;
  rivals: number;
  seats: number;
  started_at_ms: number;
  opens_at_ms: number;
  ends_at_ms: number;
  now_ms: number;
  stage: Stage;
  over: boolean;
  you: You;
  counts: Counts;
};

export type PastRace = {
  id: string;
  scenario: string;
  title: Title;
  plan: string;
  style: string;
  created_ms: number;
  ending: Ending | null;
  place: number | null;
  rivals: number;
  seats: number;
};

export type Outcome =
  | { kind: "too-early"; locked_until_ms: number }
  | { kind: "placed"; place: number }
  | { kind: "captcha-renewed"; challenge: number }
  | { kind: "held"; until_ms: number | null }
  | { kind: "price-chosen"; total_won: number }
  | { kind: "booked"; booking: number; total_won: number }
  | {
      kind:
        | "pooled"
        | "inside"
        | "left"
        | "captcha-passed"
        | "captcha-missed"
        | "captcha-put-off"
        | "viewed"
        | "released";
    };
export type Answer = { outcome: Outcome; race: Race };

export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  hint?: string;
  seat?: number;
  late_ms?: number;
  race?: Race;
};

export type NewRace =
  | { scenario: string; seed?: number }
  | { plan: string; demand: string; style: string; seed?: number };

export type MarkName =
  | "lobby-seen"
  | "press"
  | "queue-seen"
  | "captcha-seen"
  | "captcha-typed"
  | "sections-seen"
  | "map-seen"
  | "seat-click"
  | "done-click"
  | "pay-click";
export type Mark = { name: MarkName; at_ms: number; error_ms: number };

export type Ending =
  | "paid"
  | "sold-out"
  | "hold-ended"
  | "pass-ended"
  | "left"
  | "lost"
  | "closed"
  | "time-over";
export type StepKey = "press" | "placed" | "admitted" | "captcha" | "first-seat" | "held" | "paid";
export type LossKind =
  | "late-press"
  | "slow-page"
  | "slow-captcha"
  | "missed-captcha"
  | "slow-choice"
  | "conflicts"
  | "slow-pay"
  | "early-press"
  | "refresh"
  | "none";

export type RivalTimes = {
  count: number;
  p10_ms: number;
  p50_ms: number;
  p90_ms: number;
  ahead_share: number;
  behind_share: number;
  histogram: { from_ms: number; to_ms: number; count: number }[];
};
export type ReportStep = {
  key: StepKey;
  at_ms: number | null;
  took_ms: number | null;
  rivals: RivalTimes | null;
};
export type Conflict = {
  seat: number;
  at_ms: number;
  late_ms: number;
  view_age_ms: number | null;
  section: number;
};
export type Report = {
  ending: Ending;
  race: {
    id: string;
    scenario: string;
    title: Title;
    plan: string;
    demand: string;
    style: string;
    rivals: number;
    seats: number;
    seed: number;
  };
  place: number | null;
  rivals_ahead: number | null;
  early_presses: number;
  refreshes: number;
  free_on_admission: number | null;
  sold_on_admission_share: number | null;
  steps: ReportStep[];
  captcha: { asked: number; missed: number };
  conflicts: Conflict[];
  seats: { seat: number; quality_rank_then: number; free_then: number; price_won: number }[];
  clock: { error_ms: number | null; network_ms: number | null };
  loss: { step: StepKey | null; lost_ms: number; kind: LossKind } | null;
  booking: Booking | null;
  curve: { s: number; free: number; sold: number }[];
  basis: { kind: "rivals-of-this-race"; rivals: number; until_ms: number };
};
