// One's last run of the same kind, to race against: where one stood then at each moment. Pure.
import type { HallRun, Progress } from "#/api/training-types";
import type { Ending, Race, Report, StepKey } from "#/api/types";
import { runsLike } from "./alike";

/** Where one stood. `early` is before the opening: what comes is told then. */
export type Stood =
  | { kind: "early"; pressMs: number }
  | { kind: "lobby" | "captcha" | "map" | "held" | "paid" }
  | { kind: "queue"; place: number }
  | { kind: "ended"; ending: Ending };

/** The moments of a run in milliseconds from the opening; null for a step that was not taken. */
export type Trail = {
  at: Record<StepKey, number | null>;
  place: number | null;
  ending: Ending;
  /** When the run ended, as far as that is known. */
  endedMs: number | null;
  asksCaptcha: boolean;
};

/** The last finished run in the same hall, with the same demand, rivals and style; null if there is none. */
export function lastLike(
  progress: Pick<Progress, "halls">,
  { id, plan, demand, style, rivals }: Pick<Race, "id" | "plan" | "demand" | "style" | "rivals">,
): HallRun | null {
  const runs = runsLike(progress, { plan, demand, rivals, style: style.name });
  return runs.find(({ race }) => race !== id) ?? null;
}

/** What a report tells of the way through a race. */
export function trailOf(
  report: Pick<Report, "steps" | "place" | "ending" | "captcha"> & {
    outcome?: { ended_ms: number } | null;
  },
): Trail {
  const at = (key: StepKey) => report.steps.find((step) => step.key === key)?.at_ms ?? null;
  return {
    at: {
      press: at("press") ?? at("placed"),
      placed: at("placed"),
      admitted: at("admitted"),
      captcha: at("captcha"),
      "first-seat": at("first-seat"),
      held: at("held"),
      paid: at("paid"),
    },
    place: report.place,
    ending: report.ending,
    endedMs: report.outcome?.ended_ms ?? null,
    asksCaptcha: report.captcha.asked > 0,
  };
}

/** Where one stood so many milliseconds after the opening; null where the run tells nothing of it. */
export function stoodAt(trail: Trail, ms: number): Stood | null {
  const { at, place, ending, endedMs } = trail;
  const has = (key: StepKey) => at[key] !== null && at[key] <= ms;
  if (ms < 0) return at.press === null ? null : { kind: "early", pressMs: Math.max(0, at.press) };
  if (has("paid")) return { kind: "paid" };
  if (endedMs !== null && endedMs <= ms) return { kind: "ended", ending };
  if (has("held")) return { kind: "held" };
  if (has("captcha") || has("first-seat")) return { kind: "map" };
  if (has("admitted")) return { kind: trail.asksCaptcha ? "captcha" : "map" };
  if (has("placed")) return place === null ? null : { kind: "queue", place };
  return { kind: "lobby" };
}
