// What decided the last run that was looked at: kept in this browser, shown at home.
import type { Exercise } from "#/api/training-types";
import type { Fault, Report, StepKey } from "#/api/types";
import { recall, remember } from "#/platform/storage";

export type Lesson = {
  fault: Exclude<Fault, "none">;
  exercise: Exercise | null;
  /** The style of the race that it is from; null where an earlier version kept none. */
  style: string | null;
};

const KEY = "lesson";
const FAULTS: readonly Lesson["fault"][] = [
  "late-press",
  "slow-page",
  "slow-captcha",
  "missed-captcha",
  "slow-choice",
  "conflicts",
  "slow-pay",
  "early-press",
  "refresh",
];

/**
 * The exercises of exactly this step, the nearest first. A person does nothing in the queue, so there is nothing to
 * train. Whoever is slow to a first seat looked for a section or for a seat: a report does not tell which.
 */
const EXERCISES: Record<StepKey, readonly Exercise[]> = {
  press: ["press"],
  placed: [],
  admitted: [],
  captcha: ["captcha"],
  "first-seat": ["seats", "section"],
  held: ["conflict"],
  paid: ["pay"],
};

/** The exercises of steps, none twice. Nobody trains a line that is slow. */
export function exercisesOf(steps: readonly StepKey[], fault: Fault = "none"): Exercise[] {
  if (fault === "slow-page") return [];
  return [...new Set(steps.flatMap((step) => EXERCISES[step]))];
}

export function keepLesson({ verdict, race }: Pick<Report, "verdict" | "race">): void {
  const { fault, step } = verdict;
  remember(KEY, fault === "none" ? "" : `${fault} ${step ?? ""} ${race.style}`);
}

/** What was kept, unless it was nothing or another version's. */
export function lessonOf(kept: string | null): Lesson | null {
  const [word, step, style] = (kept ?? "").split(" ");
  const fault = FAULTS.find((known) => known === word);
  if (!fault || step === undefined) return null;
  const [exercise] = step in EXERCISES ? exercisesOf([step as StepKey], fault) : [];
  return { fault, exercise: exercise ?? null, style: style ?? null };
}

export const lastLesson = () => lessonOf(recall(KEY));
