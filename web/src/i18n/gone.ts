// How a race ended without seats, for the screen where it ends.
import type { GoneCause } from "#/api/types";
import { m } from "#/paraglide/messages";

export type GoneWords = Record<GoneCause, { title: () => string; text: () => string }>;

export const GONE_WORDS: GoneWords = {
  "sold-out": { title: m.done_sold_out_title, text: m.done_sold_out_text },
  "hold-ended": { title: m.done_hold_ended_title, text: m.done_hold_ended_text },
  "pass-ended": { title: m.done_pass_ended_title, text: m.done_pass_ended_text },
  left: { title: m.done_left_title, text: m.done_left_text },
  lost: { title: m.done_lost_title, text: m.done_lost_text },
  closed: { title: m.done_closed_title, text: m.done_closed_text },
  "time-over": { title: m.done_time_over_title, text: m.done_time_over_text },
  done: { title: m.done_done_title, text: m.done_done_text },
};
