// The words for the steps of a run.
import type { StepKey } from "#/api/types";
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
