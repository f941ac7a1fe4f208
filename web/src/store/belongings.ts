// What the visitor has in one race, watched from state to state: says what was lost, and what a break did not cost.
import { signal } from "@preact/signals";
import type { RaceState } from "#/api/types";
import { forgetHere, recallHere, rememberHere } from "#/platform/storage";
import { after, type Cancel } from "#/platform/time";
import { type Cause, type Had, hadOf, type Loss, lossBetween, readHad } from "./losses";
import { isInPlay } from "./steps";

const BACK_MS = 5_000;

/** Whether the connection has just come back, and whether what one had is still there. */
type Back = "no" | "back" | "back-and-kept";

const keyOf = (id: string) => `had.${id}`;

/** What this tab last had in a race, also before it was loaded anew; null if it has nothing or never knew the race. */
export const recallHad = (id: string) => readHad(recallHere(keyOf(id)));

export class Belongings {
  /** What was lost last, until the visitor has read it. */
  readonly loss = signal<Loss | null>(null);
  readonly back = signal<Back>("no");
  readonly #id: string;
  #isBackUntold = false;
  #ending: Cancel | null = null;

  constructor(id: string) {
    this.#id = id;
  }

  /** Compares what one had with the state that is now. Without a cause a loss is no news, because one gave it up. */
  compare(had: Had | null, state: RaceState, cause: Cause | null): void {
    const loss = cause && lossBetween(had, state.you, state.now_ms, cause);
    if (loss) this.loss.value = loss;
    this.#keep(hadOf(state.you));
    if (this.#isBackUntold) this.#tellBack(had, state);
  }

  /** The connection is back: the state that comes next tells whether anything was lost meanwhile. */
  comeBack(): void {
    this.#isBackUntold = true;
  }

  close(): void {
    this.#ending?.();
  }

  #keep(has: Had | null): void {
    if (has) rememberHere(keyOf(this.#id), JSON.stringify(has));
    else forgetHere(keyOf(this.#id));
  }

  #tellBack(had: Had | null, { you }: RaceState): void {
    this.#isBackUntold = false;
    const has = hadOf(you);
    const isKept = has?.pass === had?.pass && (has?.seats ?? 0) >= (had?.seats ?? 0);
    if (this.loss.value || (had && !isKept)) return;
    this.back.value = isInPlay(you) ? "back-and-kept" : "back";
    this.#ending?.();
    this.#ending = after(BACK_MS, () => {
      this.back.value = "no";
    });
  }
}
