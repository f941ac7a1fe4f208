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

/** What stays the same from the first moment of a race to the last. */
export type Race = Schemas["Race"];
/** What changes in a race, as this member sees it. */
export type RaceState = Schemas["RaceState"];
/** A race and its state. */
export type RaceView = Schemas["RaceView"];
export type Hold = Schemas["Hold"];
export type You = Schemas["You"];
export type Inside = Extract<You, { kind: "inside" }>;
export type Counts = Schemas["Counts"];
export type CaptchaState = Schemas["CaptchaState"];
export type GoneCause = Schemas["GoneCause"];
export type Ending = Schemas["Ending"];
export type PastRace = Schemas["RaceCard"];

export type Answer = Schemas["Commanded"];

/** A closed list: comparing with a code that the server does not have fails the type check. */
type ProblemCode = Schemas["ProblemCode"];

/** `seat`, `late_ms`, `view_age_ms` and `state` come with `seat-taken`, the two sums with `points-short`; the members of other codes are not used here. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  /** `no-words` stands for an answer that is no problem, such as the page of a proxy. */
  code: ProblemCode | "no-words";
  detail?: string;
  hint?: string;
  retry_after_ms?: number;
  seat?: number;
  late_ms?: number;
  view_age_ms?: number | null;
  state?: RaceState;
  balance_won?: number;
  total_won?: number;
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
export type Verdict = Schemas["Verdict"];
export type Fault = Schemas["Fault"];
export type HallThen = Schemas["HallThen"];
export type RunOutcome = Schemas["RunOutcome"];
export type WhatIf = Schemas["WhatIf"];
export type StepChange = Schemas["StepChange"];
export type OwnTime = Schemas["OwnTime"];
/** An answer of the sliders; `chance` where it was asked for. */
export type WhatIfAnswer = Schemas["WhatIfTold"];
export type ReportStep = Schemas["Step"];
export type RivalTimes = Schemas["RivalTimes"];
export type StepKey = Schemas["StepKey"];
export type SeatFate = Schemas["SeatFate"];
