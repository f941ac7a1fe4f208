// The words for what became of a seat.
import type { SeatFate } from "#/api/types";
import { m } from "#/i18n/words";

export const FATE_WORDS: Record<SeatFate, () => string> = {
  paid: m.seat_mine,
  held: m.seat_mine,
  released: m.report_seat_released,
  "hold-ended": m.report_seat_hold_ended,
  left: m.report_seat_left,
};
