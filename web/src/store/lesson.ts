// What decided the last run that was looked at: kept in this browser, shown at home.
import type { Exercise } from "#/api/training-types";
import type { Fault, StepKey, Verdict } from "#/api/types";
import { recall, remember } from "#/platform/storage";

export type Lesson = { fault: Exclude<Fault, "none">; exercise: Exercise | null };

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

/** The exercise of exactly this step. A person does nothing in the queue, so there is nothing to train. */
const EXERCISES: Record<StepKey, Exercise | null> = {
  press: "press",
  placed: null,
  admitted: null,
  captcha: "captcha",
  "first-seat": "seats",
  held: "conflict",
  paid: "pay",
};

export function exerciseOf(step: StepKey | null): Exercise | null {
  return step && EXERCISES[step];
}

export function keepLesson({ fault, step }: Verdict): void {
  remember(KEY, fault === "none" ? "" : `${fault} ${step ?? ""}`);
}

/** What was kept, unless it was nothing or another version's. */
export function lessonOf(kept: string | null): Lesson | null {
  const [word, step] = (kept ?? "").split(" ");
  const fault = FAULTS.find((known) => known === word);
  if (!fault || step === undefined) return null;
  return { fault, exercise: EXERCISES[step as StepKey] ?? null };
}

export const lastLesson = () => lessonOf(recall(KEY));
