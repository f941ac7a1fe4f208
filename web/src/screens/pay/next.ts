// The way from one step of paying to the next.
import { goToStep } from "#/store/current";
import type { RaceStore } from "#/store/race";
import { nextPayStep, type Step } from "#/store/steps";

export function goOn(store: RaceStore, step: Step): void {
  const next = nextPayStep(store.style, step);
  if (next) goToStep(next, store);
}
