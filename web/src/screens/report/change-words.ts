// The names of steps as a what-if counts them.
import type { StepKey } from "#/api/types";
import { STEP_KEY_WORDS } from "#/i18n/report";
import { m } from "#/i18n/words";

/** Of a conflict a what-if changes how soon one clicks again, not when the first seat was held. */
export const CHANGE_WORDS: Record<StepKey, () => string> = {
  ...STEP_KEY_WORDS,
  held: m.whatif_step_held,
};
