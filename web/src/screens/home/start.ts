// Starts a race at one tap.
import { computed, signal } from "@preact/signals";
import { newRace, Refused } from "#/api/client";
import type { NewRace, RaceView } from "#/api/types";
import { refusalOf } from "#/i18n/refusals";
import { wakeSound } from "#/platform/sound";
import { after } from "#/platform/time";
import { startRace } from "#/store/current";
import { sound } from "#/store/settings";

/** A start that lasts longer than this is spoken of. */
const PATIENCE_MS = 3_000;

const stage = signal<"no" | "busy" | "slow" | "failed">("no");
/** How far the race is that was asked for last. */
export const starting = computed(() => stage.value);
/** Whether one is on its way. */
export const isStarting = computed(() => stage.value === "busy" || stage.value === "slow");

/** Why the race that was asked for last could not be set up; null if the server did not answer. */
export const refusal = signal<string | null>(null);

/** One tap: the same from the first button, from a choice of one's own, and from 다시. */
export const start = (what: NewRace) => begin(() => newRace(what));

/**
 * Goes into the race that is asked for, and tells how that goes: a refusal in the words of who asks. A second call
 * meanwhile does nothing.
 */
export async function begin(
  ask: () => Promise<RaceView>,
  wordsOf: (refused: Refused) => string = refusalOf,
): Promise<void> {
  if (isStarting.value) return;
  stage.value = "busy";
  // A tap is what a browser needs to let sound through later.
  if (sound.value) wakeSound();
  const stop = after(PATIENCE_MS, () => {
    stage.value = "slow";
  });
  try {
    await startRace(ask);
    stage.value = "no";
  } catch (error) {
    refusal.value = error instanceof Refused ? wordsOf(error) : null;
    stage.value = "failed";
  } finally {
    stop();
  }
}

export function forgetTrouble(): void {
  if (stage.value === "failed") stage.value = "no";
}
