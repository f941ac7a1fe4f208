// What to train against each fault.
import type { Fault } from "#/api/types";
import { m } from "#/paraglide/messages";

export const ADVICE_WORDS: Record<Fault, () => string> = {
  "late-press": m.advice_late_press,
  "slow-page": m.advice_slow_page,
  "slow-captcha": m.advice_slow_captcha,
  "missed-captcha": m.advice_missed_captcha,
  "slow-choice": m.advice_slow_choice,
  conflicts: m.advice_conflicts,
  "slow-pay": m.advice_slow_pay,
  "early-press": m.advice_early_press,
  refresh: m.advice_refresh,
  none: m.advice_none,
};
