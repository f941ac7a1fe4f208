// The commands of one race that are under way: whether one is slow, and whether one gives something up on purpose.
import { signal } from "@preact/signals";
import { after } from "#/platform/time";

/** A command may last this long before the visitor is told that it still does. */
const PATIENCE_MS = 1_000;

export class Asking {
  /** Whether a command has had no answer for longer than a second. */
  readonly isSlow = signal(false);
  #underWay = 0;
  #givingUp = 0;

  /** Whether a command is under way that gives up a place, a pass or seats: then their loss is no news. */
  get isGivingUp(): boolean {
    return this.#givingUp > 0;
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
    } finally {
      this.#givingUp--;
    }
  }
}
