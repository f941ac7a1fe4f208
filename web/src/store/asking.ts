// The commands of one race that are under way: whether one is slow, and whether one gives something up on purpose.
import { signal } from "@preact/signals";
import { Unreachable } from "#/platform/http";
import { after } from "#/platform/time";

/** A command may last this long before the visitor is told that it still does. */
const PATIENCE_MS = 1_000;

export class Asking {
  /** Whether a command has had no answer for longer than a second. */
  readonly isSlow = signal(false);
  #underWay = 0;
  #givingUp = 0;
  #isUnheard = false;

  /**
   * Whether a place, a pass or seats are given up by a command of this page: then their loss is no news. That is so also
   * of a command without an answer, which may have been done, until the race has been heard once more.
   */
  isGivenUpHere(): boolean {
    const isHere = this.#givingUp > 0 || this.#isUnheard;
    this.#isUnheard = false;
    return isHere;
  }

  /** Waits for the answer, and takes note of how long that lasts. */
  async wait<T>(asked: Promise<T>): Promise<T> {
    this.#underWay++;
    const stop = after(PATIENCE_MS, () => {
      this.isSlow.value = true;
    });
    try {
      return await asked;
    } finally {
      stop();
      if (--this.#underWay === 0) this.isSlow.value = false;
    }
  }

  /** The same for work that gives something up. */
  async giveUp<T>(work: () => Promise<T>): Promise<T> {
    this.#givingUp++;
    try {
      return await work();
    } catch (error) {
      this.#isUnheard = error instanceof Unreachable;
      throw error;
    } finally {
      this.#givingUp--;
    }
  }
}
