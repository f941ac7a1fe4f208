// What cost most in the last run that was looked at: kept in this browser, shown at home.
import type { LossKind, Report } from "#/api/types";
import { recall, remember } from "#/platform/storage";

export type Lesson = { kind: Exclude<LossKind, "none">; lostMs: number };

const KEY = "lesson";
const KINDS: readonly Lesson["kind"][] = [
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

export function keepLesson(loss: Report["loss"]): void {
  const isNothing = !loss || loss.kind === "none";
  remember(KEY, isNothing ? "" : `${loss.kind} ${Math.round(loss.lost_ms)}`);
}

/** What was kept, unless it was nothing or another version's. */
export function lessonOf(kept: string | null): Lesson | null {
  const [word, ms] = (kept ?? "").split(" ");
  const kind = KINDS.find((known) => known === word);
  const lostMs = Number(ms);
  return kind && ms && Number.isFinite(lostMs) && lostMs >= 0 ? { kind, lostMs } : null;
}

export const lastLesson = () => lessonOf(recall(KEY));
