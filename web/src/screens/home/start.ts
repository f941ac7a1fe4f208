// Starts a race at one tap.
import { signal } from "@preact/signals";
import type { NewRace } from "#/api/types";
import { wakeSound } from "#/platform/sound";
import { startRace } from "#/store/current";
import { sound } from "#/store/settings";

export const starting = signal<"no" | "busy" | "failed">("no");

/** One tap: the same from the first button, from a choice of one's own, and from 다시. */
export async function start(what: NewRace): Promise<void> {
  if (starting.value === "busy") return;
  starting.value = "busy";
  // A tap is what a browser needs to let sound through later.
  if (sound.value) wakeSound();
  try {
    await startRace(what);
    starting.value = "no";
  } catch {
    starting.value = "failed";
  }
}
