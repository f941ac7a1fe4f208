// The race that the screens of a race show.
import { current } from "#/store/current";
import type { RaceStore } from "#/store/race";

/** The race of the screen. A screen of a race is shown only while there is one. */
export function useRace(): RaceStore {
  const store = current.value;
  if (!store) throw new Error("a screen of a race was shown without a race");
  return store;
}
