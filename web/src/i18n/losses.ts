// The words for what cost most in a run, and what to train against it.
import type { LossKind } from "#/api/types";
import { m } from "#/paraglide/messages";

type LossWords = { loss: (inputs: { span: string }) => string; advice: () => string };

export const LOSS_WORDS: Record<LossKind, LossWords> = {
  "late-press": { loss: m.loss_late_press, advice: m.advice_late_press },
  "slow-page": { loss: m.loss_slow_page, advice: m.advice_slow_page },
  "slow-captcha": { loss: m.loss_slow_captcha, advice: m.advice_slow_captcha },
  "missed-captcha": { loss: m.loss_missed_captcha, advice: m.advice_missed_captcha },
  "slow-choice": { loss: m.loss_slow_choice, advice: m.advice_slow_choice },
  conflicts: { loss: m.loss_conflicts, advice: m.advice_conflicts },
  "slow-pay": { loss: m.loss_slow_pay, advice: m.advice_slow_pay },
  "early-press": { loss: m.loss_early_press, advice: m.advice_early_press },
  refresh: { loss: m.loss_refresh, advice: m.advice_refresh },
  none: { loss: () => m.loss_none(), advice: m.advice_none },
};
