// Which steps a race has, and where one may be: the server's `you` decides, the address only asks. Pure.
import type { CaptchaState, Inside, Race, RaceState, Style, You } from "#/api/types";

export const STEPS = [
  "lobby",
  "queue",
  "captcha",
  "sections",
  "seats",
  "price",
  "receipt",
  "payment",
  "done",
  "report",
] as const;
export type Step = (typeof STEPS)[number];

export function isStep(word: string): word is Step {
  return (STEPS as readonly string[]).includes(word);
}

type Standing = Pick<RaceState, "you" | "over"> & { style: Pick<Style, "captcha" | "pay_steps"> };

/** The steps that are open. Whoever asks for a closed one is sent to the first. */
export function allowedSteps(race: Standing): readonly [Step, ...Step[]] {
  const { you } = race;
  switch (you.kind) {
    case "away":
      return race.over ? ["done", "report"] : ["lobby"];
    case "pooled":
    case "waiting":
      return ["queue"];
    case "inside":
      return insideSteps(you, race.style);
    case "booked":
    case "gone":
      return ["done", "report"];
  }
}

function insideSteps(you: Inside, style: Standing["style"]): readonly [Step, ...Step[]] {
  if (isCaptchaFirst(you.captcha, style)) return ["captcha"];
  const captcha: Step[] = isCaptchaOpen(you.captcha) ? ["captcha"] : [];
  const map: Step[] = you.viewed ? ["sections", "seats"] : ["sections"];
  if (!you.hold) return you.viewed ? ["seats", "sections", ...captcha] : ["sections", ...captcha];
  return ["seats", ...map, ...style.pay_steps, ...captcha];
}

function isCaptchaFirst(captcha: CaptchaState, style: Standing["style"]): boolean {
  return captcha === "due" && style.captcha.step === "before-map";
}

/** Put off or asked for later: it may be done at any time before it must. */
function isCaptchaOpen(captcha: CaptchaState): boolean {
  return captcha === "due" || captcha === "put-off";
}

/** The step to show: the one that was asked for, or the first that is allowed. */
export function routeStep(race: Standing, asked: Step | null): Step {
  const allowed = allowedSteps(race);
  return asked && allowed.includes(asked) ? asked : allowed[0];
}

/** The step that a race begins at: that of its exercise, also where one may be at others as well. */
export function firstStep(race: Standing, exercise: Race["exercise"]): Step {
  const [pay = null] = race.style.pay_steps;
  return routeStep(race, exercise === "pay" ? pay : exercise === "captcha" ? "captcha" : null);
}

export function nextPayStep(style: Pick<Style, "pay_steps">, step: Step): Step | null {
  const at = style.pay_steps.findIndex((one) => one === step);
  return style.pay_steps[at + 1] ?? null;
}

/** Where going away costs something, so that the page asks before it lets go. */
export function isInPlay(you: You): boolean {
  return you.kind === "pooled" || you.kind === "waiting" || you.kind === "inside";
}

/** What the visitor wants to do that costs something, until they say yes or no. */
export type Question = { kind: "leave"; next: "report" | "home" } | { kind: "step-back" };

/** Whether there is nothing left of what a question is about. */
export function isMoot(asked: Question | null, you: You): boolean {
  if (!isInPlay(you)) return true;
  return asked?.kind === "step-back" && !(you.kind === "inside" && you.hold);
}

/** What will be asked, in the order in which it comes. */
export function stepsAhead(style: Style): Step[] {
  const { step } = style.captcha;
  const before = (at: typeof step): Step[] => (step === at ? ["captcha"] : []);
  return [
    "queue",
    ...before("before-map"),
    "sections",
    "seats",
    ...before("before-hold"),
    ...style.pay_steps.slice(0, -1),
    ...before("before-pay"),
    ...style.pay_steps.slice(-1),
  ];
}
