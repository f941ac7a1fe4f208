// How far an opening is, in a word or two.

import type { Stage } from "#/api/show-types";
import { m } from "#/i18n/words";

export const STAGE_WORDS: Record<Stage, () => string> = {
  before: m.stage_before,
  lobby: m.stage_lobby,
  open: m.stage_open,
  "sold-out": m.stage_sold_out,
  closed: m.stage_closed,
};
