// What to train next, on the first page.
import type { Fault } from "#/api/types";
import { ADVICE_WORDS } from "#/i18n/faults";
import { m } from "#/i18n/words";
import { lastLesson } from "#/store/lesson";
import { TrainButton } from "../report/train";

const FAULT_WORDS: Record<Exclude<Fault, "none">, () => string> = {
  "late-press": m.fault_late_press,
  "slow-page": m.fault_slow_page,
  "slow-captcha": m.fault_slow_captcha,
  "missed-captcha": m.fault_missed_captcha,
  "slow-choice": m.fault_slow_choice,
  conflicts: m.fault_conflicts,
  "slow-pay": m.fault_slow_pay,
  "early-press": m.fault_early_press,
  refresh: m.fault_refresh,
};

/** What to train, by the report that was looked at last. */
export function NextUp() {
  const lesson = lastLesson();
  if (!lesson) return null;
  return (
    <p class="note next-up">
      <b>{m.home_next()}</b>
      <span>{ADVICE_WORDS[lesson.fault]()}</span>
      <span class="soft small">{m.home_lesson({ fault: FAULT_WORDS[lesson.fault]() })}</span>
      {lesson.exercise && <TrainButton exercise={lesson.exercise} style={lesson.style} />}
    </p>
  );
}
