// The words of the report for steps and seats.
import type { SeatFate, StepKey } from "#/api/types";
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

/** The steps as a what-if counts them: of a conflict it changes how soon one clicks again. */
export const CHANGE_WORDS: Record<StepKey, () => string> = {
  ...STEP_KEY_WORDS,
  held: m.whatif_step_held,
};

export const FATE_WORDS: Record<SeatFate, () => string> = {
  paid: m.seat_mine,
  held: m.seat_mine,
  released: m.report_seat_released,
  "hold-ended": m.report_seat_hold_ended,
  left: m.report_seat_left,
};
