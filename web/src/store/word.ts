// A short word to the visitor that goes by itself. Each race has its own, so that none outlives its race.
import { signal } from "@preact/signals";
import { after, type Cancel } from "#/platform/time";

export class Word {
  readonly words = signal<string | null>(null);
  readonly #shownMs: number;
  #ending: Cancel | null = null;

  /** `shownMs` is how long a word stays, in milliseconds. */
  constructor(shownMs: number) {
    this.#shownMs = shownMs;
  }

  say(words: string): void {
    this.#ending?.();
    this.words.value = words;
    this.#ending = after(this.#shownMs, () => this.hush());
  }

  hush(): void {
    this.#ending?.();
    this.words.value = null;
  }
}
