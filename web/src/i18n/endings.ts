// How a race ended, in few words.
import type { Ending } from "#/api/types";
import { m } from "#/paraglide/messages";

/** Short, for a list. A won run names its seats elsewhere. */
export const ENDING_WORDS: Record<Ending, () => string> = {
  paid: m.report_won,
  "sold-out": m.report_sold_out,
  "hold-ended": m.report_hold_ended,
  "pass-ended": m.report_pass_ended,
  left: m.report_left,
  lost: m.report_lost,
  closed: m.report_closed,
  "time-over": m.report_time_over,
  done: m.report_done,
};
