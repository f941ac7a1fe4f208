// What the visitor does with a captcha: types, answers, asks for another picture, puts it off.

import { signal } from "@preact/signals";
import { m } from "#/i18n/words";
import { playFile } from "#/platform/sound";
import { goToStep } from "#/store/current";
import type { RaceStore } from "#/store/race";
import { wordsOfStyle } from "../manner";
import { codeOf, wordsOf } from "../refusals";
import { hasHangul, onlyLetters } from "./letters";

/** One command at a time: what is pressed meanwhile is dropped. */
export class Answering {
  readonly typed = signal("");
  /** What is wrong with what was typed or sent. */
  readonly trouble = signal<string | null>(null);
  readonly #store: RaceStore;
  /** Puts the cursor back where the letters go. */
  readonly #focus: () => void;
  #isBusy = false;

  constructor(store: RaceStore, focus: () => void) {
    this.#store = store;
    this.#focus = focus;
  }

  get isFull(): boolean {
    return this.typed.value.length === this.#rules.letters;
  }

  type(input: HTMLInputElement): void {
    this.trouble.value = troubleWith(input.value);
    this.typed.value = onlyLetters(input.value).slice(0, this.#rules.letters);
    input.value = this.typed.value;
  }

  answer(): Promise<void> {
    return this.#ask(async () => {
      if (!this.isFull) return;
      this.#store.mark("captcha-typed");
      const { outcome } = await this.#store.answerCaptcha(this.typed.value);
      if (outcome.kind === "captcha-passed") {
        goToStep(this.#store.inside.value?.viewed ? "seats" : "sections", this.#store);
        return;
      }
      this.trouble.value = wordsOfStyle(this.#store.style).captcha.wrong();
      if (this.#rules.after_wrong === "clears-letters") this.typed.value = "";
    });
  }

  /** Plays the letters; says so if they cannot be played. */
  async listen(address: string): Promise<void> {
    if (!(await playFile(address))) this.trouble.value = m.captcha_no_sound();
  }

  renew(): Promise<void> {
    return this.#ask(async () => {
      await this.#store.renewCaptcha();
      this.typed.value = "";
      this.trouble.value = null;
    });
  }

  putOff(): Promise<void> {
    return this.#ask(async () => {
      await this.#store.putOffCaptcha();
      goToStep("sections", this.#store);
    });
  }

  get #rules() {
    return this.#store.style.captcha;
  }

  async #ask(work: () => Promise<void>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      await work();
    } catch (error) {
      this.trouble.value = refusalWords(error, this.#store);
    } finally {
      this.#isBusy = false;
      this.#focus();
    }
  }
}

function troubleWith(letters: string): string | null {
  if (hasHangul(letters)) return m.captcha_hangul();
  return /[^A-Za-z\s]/.test(letters) ? m.captcha_letters_only() : null;
}

function refusalWords(error: unknown, store: RaceStore): string {
  // Asked in any case: it also takes over what the refusal tells of the race.
  const words = wordsOf(error, store);
  if (codeOf(error) === "captcha-old") return m.captcha_old();
  return codeOf(error) === "captcha-too-many" ? m.captcha_renew_no() : words;
}
