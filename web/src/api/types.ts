// What the server says and is told. The names come from its own description of the API, so that a change there
// which this client does not follow does not compile; what is here by hand is narrower than the description can be.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Language = keyof Title;
export type Title = Schemas["Title"];

export type Catalogue = Schemas["Catalogue"];
export type Style = Schemas["Style"];

export type RowNumbers = Schemas["RowNumbers"];
export type PlanGrade = Schemas["PlanGrade"];
export type Plan = Schemas["PlanView"];

export type Race = Schemas["Race"];
export type Hold = Schemas["Hold"];
export type You = Schemas["You"];
export type Inside = Extract<You, { kind: "inside" }>;
export type Counts = Schemas["Counts"];
export type CaptchaState = Schemas["CaptchaState"];
export type GoneCause = Schemas["GoneCause"];
export type Ending = Schemas["Ending"];
export type PastRace = Schemas["RaceCard"];

export type Answer = Schemas["Commanded"];

/** The codes of docs/API.md, in its order; a test compares them. */
type ProblemCode =
  | "idempotency-key-missing"
  | "idempotency-key-invalid"
  | "json-malformed"
  | "foreign-origin"
  | "pass-invalid"
  | "not-inside"
  | "not-admitted"
  | "no-such-race"
  | "no-such-plan"
  | "no-such-captcha"
  | "no-such-booking"
  | "unknown-scenario"
  | "not-found"
  | "method-not-allowed"
  | "body-too-large"
  | "media-type"
  | "websocket-needed"
  | "not-open"
  | "button-locked"
  | "sale-paused"
  | "sale-closed"
  | "already-open"
  | "not-in-queue"
  | "limit-reached"
  | "captcha-due"
  | "captcha-old"
  | "captcha-not-asked"
  | "captcha-cannot-wait"
  | "seat-taken"
  | "not-held"
  | "no-hold"
  | "hold-exists"
  | "total-differs"
  | "run-over"
  | "run-not-over"
  | "json-invalid"
  | "choice-incomplete"
  | "too-many-rivals"
  | "seed-too-large"
  | "unplayable"
  | "captcha-not-latin"
  | "no-such-section"
  | "no-such-seat"
  | "no-such-price"
  | "no-seats"
  | "seat-twice"
  | "too-many-seats"
  | "idempotency-key-reused"
  | "mark-invalid"
  | "too-many-marks"
  | "too-many-requests"
  | "too-many-commands"
  | "too-many-viewers"
  | "captcha-too-many"
  | "internal"
  | "race-damaged"
  | "overloaded"
  | "server-full"
  | "sale-full"
  | "queue-full"
  | "timed-out"
  | "stopping"
  | "journal-failed";

/** Its further members belong to its code; these are those of `seat-taken`. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  /** Whoever stands between may answer with a page instead of a problem. */
  code: ProblemCode | "no-words";
  detail?: string;
  hint?: string;
  retry_after_ms?: number;
  seat?: number;
  late_ms?: number;
  race?: Race;
};

export type NewRace = Schemas["NewRace"];
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
export type Mark = Schemas["Mark"] & { name: MarkName };

export type Report = Schemas["Report"];
export type ReportStep = Schemas["Step"];
export type RivalTimes = Schemas["RivalTimes"];
export type StepKey = Schemas["StepKey"];
export type LossKind = Schemas["LossKind"];
