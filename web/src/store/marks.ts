// The visitor's own moments, sent to the server for the report.

import { Refused, sendMarks } from "#/api/client";
import type { Mark, MarkName } from "#/api/types";
import { freshKey } from "#/platform/ids";
import { onWake } from "#/platform/wake";

/** Marks that are sent together, however often, under one key: so the server keeps them once. */
type Group = { key: string; marks: Mark[] };

/** Sends each group until the server has it. What it refuses is not sent again. */
export class Marks {
  readonly #race: string;
  readonly #known = new Set<MarkName>();
  readonly #unsent: Group[] = [];
  #isSending = false;

  constructor(race: string) {
    this.#race = race;
  }

  /** Only the first mark of a name counts, save for clicks on seats. */
  note(name: MarkName, atMs: number, errorMs: number): void {
    if (name !== "seat-click" && this.#known.has(name)) return;
    this.#known.add(name);
    this.#unsent.push({ key: freshKey(), marks: [{ name, at_ms: atMs, error_ms: errorMs }] });
    void this.#send();
  }

  // What cannot be sent now goes with the next mark, or when the line is back.
  async #send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let group = this.#unsent[0]; group; group = this.#unsent[0]) {
        await sendMarks(this.#race, group.marks, group.key).catch((error) => {
          if (!(error instanceof Refused)) throw error;
        });
        this.#unsent.shift();
      }
    } catch {
      const stop = onWake(() => {
        stop();
        void this.#send();
      });
    } finally {
      this.#isSending = false;
    }
  }
}
