// The words of the report for steps and losses.
import type { LossKind, SeatFate, StepKey } from "#/api/types";
import { m } from "#/i18n/words";

export const STEP_KEY_WORDS: Record<StepKey, () => string> = {
  press: m.step_key_press,
  placed: m.step_key_placed,
  admitted: m.step_key_admitted,
  captcha: m.step_key_captcha,
  "first-seat": m.step_key_first_seat,
  held: m.step_key_held,
  paid: m.step_key_paid,
};

export const FATE_WORDS: Record<SeatFate, () => string> = {
  paid: m.seat_mine,
  held: m.seat_mine,
  released: m.report_seat_released,
  "hold-ended": m.report_seat_hold_ended,
  left: m.report_seat_left,
};

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
