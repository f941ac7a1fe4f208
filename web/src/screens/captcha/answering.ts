// What the visitor does with a captcha: types, answers, asks for another picture, puts it off.

import { signal } from "@preact/signals";
import { captchaSound } from "#/api/client";
import { m } from "#/i18n/words";
import { playFile } from "#/platform/sound";
import { goToStep } from "#/store/current";
import type { RaceStore } from "#/store/race";
import { wordsOfStyle } from "../manner";
import { codeOf, wordsOf } from "../refusals";
import { hasHangul, hasOthers, onlyLetters } from "./letters";

/** One command at a time: what is pressed meanwhile is dropped. */
export class Answering {
  /** The letters that would be sent. */
  readonly typed = signal("");
  /** What is wrong with what was typed or sent. */
  readonly trouble = signal<string | null>(null);
  readonly #store: RaceStore;
  /** Where the letters are typed, once it is on the page. */
  readonly #field: () => HTMLInputElement | null;
  /** The answer that was wrong last: the same letters for the same picture would be wrong again. */
  #wrong: string | null = null;
  #isBusy = false;

  constructor(store: RaceStore, field: () => HTMLInputElement | null) {
    this.#store = store;
    this.#field = field;
  }

  get isFull(): boolean {
    return this.typed.value.length === this.#rules.letters;
  }

  /** What of a text may stay in the field. */
  readonly keep = (typed: string): string => onlyLetters(typed).slice(0, this.#rules.letters);

  /** Hears what stands in the field. */
  readonly type = (kept: string, typed: string): void => {
    this.trouble.value = troubleWith(typed);
    this.typed.value = kept.toUpperCase();
  };

  answer(): Promise<void> {
    return this.#ask(async () => {
      if (!this.isFull) return;
      const letters = this.typed.value;
      const challenge = this.#challenge;
      if (this.#wrong === `${challenge} ${letters}`) return this.#sayWrong(letters);
      this.#store.mark("captcha-typed");
      if (!(await this.#send(letters, challenge))) return;
      goToStep(this.#store.inside.value?.viewed ? "seats" : "sections", this.#store);
    });
  }

  renew(): Promise<void> {
    return this.#ask(async () => {
      await this.#store.renewCaptcha();
      this.#clear(null);
    });
  }

  /** Speaks the letters. Does not wait for its turn: it asks nothing of the race. */
  async listen(): Promise<void> {
    this.#field()?.focus();
    const isHeard = await playFile(captchaSound(this.#store.id, this.#challenge));
    if (!isHeard) this.trouble.value = m.captcha_silent();
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

  get #challenge(): number {
    return this.#store.inside.value?.challenge ?? 0;
  }

  /** Tells whether the letters were right. */
  async #send(letters: string, challenge: number): Promise<boolean> {
    try {
      const { outcome } = await this.#store.answerCaptcha(letters);
      if (outcome.kind === "captcha-passed") return true;
      this.#wrong = `${challenge} ${letters}`;
      this.#sayWrong(letters);
    } catch (error) {
      if (codeOf(error) !== "captcha-old") throw error;
      await this.#replaceOld(challenge);
    }
    return false;
  }

  #sayWrong(letters: string): void {
    const words = wordsOfStyle(this.#store.style).captcha.wrong();
    this.trouble.value = words;
    // Whoever types on while the answer is on its way has begun to mend it.
    if (this.typed.value !== letters) return;
    if (this.#rules.after_wrong === "clears-letters") this.#clear(words);
    // Selected, so that what is typed next takes the place of what was wrong.
    this.#field()?.select();
  }

  /** The picture has run out, or another tab has asked for the next one: either way there is a new one to be typed. */
  async #replaceOld(challenge: number): Promise<void> {
    await this.#store.refreshRace();
    if (this.#challenge === challenge) await this.#store.renewCaptcha();
    this.#clear(m.captcha_old());
  }

  #clear(words: string | null): void {
    const field = this.#field();
    if (field) field.value = "";
    this.typed.value = "";
    this.trouble.value = words;
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
      this.#field()?.focus();
    }
  }
}

function troubleWith(typed: string): string | null {
  if (hasHangul(typed)) return m.captcha_hangul();
  return hasOthers(typed) ? m.captcha_letters_only() : null;
}

function refusalWords(error: unknown, store: RaceStore): string {
  // Asked in any case: it also takes over what the refusal tells of the race.
  const words = wordsOf(error, store);
  return codeOf(error) === "captcha-too-many" ? m.captcha_renew_no() : words;
}
