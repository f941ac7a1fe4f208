// The names of steps as a what-if counts them.
import type { StepKey } from "#/api/types";
import { STEP_KEY_WORDS } from "#/i18n/report";
import { m } from "#/i18n/words";

/**
 * Of a place a what-if changes how long the page took for it; of a conflict how soon one clicks again, not when the first
 * seat was held.
 */
export const CHANGE_WORDS: Record<StepKey, () => string> = {
  ...STEP_KEY_WORDS,
  placed: m.whatif_step_page,
  held: m.whatif_step_held,
};
