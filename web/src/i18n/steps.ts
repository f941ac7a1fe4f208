// The names of the steps.
import { m } from "#/paraglide/messages";
import type { Step } from "#/store/steps";

export const STEP_WORDS: Record<Step, () => string> = {
  lobby: m.step_lobby,
  queue: m.step_queue,
  captcha: m.step_captcha,
  sections: m.step_sections,
  seats: m.step_seats,
  price: m.step_price,
  receipt: m.step_receipt,
  payment: m.step_payment,
  done: m.step_done,
  report: m.step_report,
};
