// What one run of an exercise came to beside the runs before it, and where one goes back to from it. Pure.
import type { Exercise, ExerciseRun, PressParts, Progress } from "#/api/training-types";
import type { Route } from "./address";

/** In the order in which a race asks for them. */
export const EXERCISES: readonly Exercise[] = [
  "press",
  "captcha",
  "section",
  "seats",
  "conflict",
  "pay",
];

/** A run beside one's others of the same exercise and style. Times in milliseconds. */
export type Score = {
  /** Null if the goal was not reached. */
  tookMs: number | null;
  bestMs: number | null;
  usualMs: number | null;
  press: PressParts | null;
  /** Faster than every run before, of which there is one at least that reached the goal. */
  isRecord: boolean;
  /** No run before reached the goal. */
  isFirst: boolean;
  /** The last runs, the oldest first, with this one among them. */
  last: readonly ExerciseRun[];
};

/** Null while the server does not list the run, which was over a moment ago. */
export function scoreOf(progress: Progress, race: string): Score | null {
  for (const { best_ms, best_at_ms, usual_ms, last } of progress.exercises) {
    const run = last.find((one) => one.race === race);
    if (!run) continue;
    const others = last.filter((one) => one.race !== race && one.took_ms !== null);
    const isBest = run.took_ms !== null && run.at_ms === best_at_ms;
    return {
      tookMs: run.took_ms,
      bestMs: best_ms,
      usualMs: usual_ms,
      press: run.press,
      isRecord: isBest && others.length > 0,
      isFirst: isBest && others.length === 0,
      last: [...last].reverse(),
    };
  }
  return null;
}

/** The best time of an exercise in a style: those of other styles do not compare. Null without one. */
export function bestOf(
  progress: Progress | null,
  exercise: Exercise,
  style: string | null,
): number | null {
  const known = progress?.exercises.find((one) => one.exercise === exercise && one.style === style);
  return known?.best_ms ?? null;
}

/** The style that was raced last, or else practised; null for whoever did neither. */
export function lastStyle({ halls, exercises }: Progress): string | null {
  return halls[0]?.style ?? exercises[0]?.style ?? null;
}

/**
 * The race whose report one goes back to after an exercise that is begun here; null where there is none. `kept` is
 * what was remembered for the exercise that is on the screen.
 */
export function originOf(here: Route, isExercise: boolean, kept: string | null): string | null {
  if (here.kind !== "race") return null;
  if (isExercise) return kept;
  return here.step === "report" ? here.id : null;
}
