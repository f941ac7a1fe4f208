// How a race ended, in words.
import type { Ending, GoneCause } from "#/api/types";
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
};

/** Longer, for the screen where a race ends. */
export const GONE_WORDS: Record<GoneCause, { title: () => string; text: () => string }> = {
  "sold-out": { title: m.done_sold_out_title, text: m.done_sold_out_text },
  "hold-ended": { title: m.done_hold_ended_title, text: m.done_hold_ended_text },
  "pass-ended": { title: m.done_pass_ended_title, text: m.done_pass_ended_text },
  left: { title: m.done_left_title, text: m.done_left_text },
  lost: { title: m.done_lost_title, text: m.done_lost_text },
  closed: { title: m.done_closed_title, text: m.done_closed_text },
  "time-over": { title: m.done_time_over_title, text: m.done_time_over_text },
};
