// The visitor's own moments, sent to the server for the report.

import { sendMarks } from "#/api/client";
import type { Mark, MarkName } from "#/api/types";

/** Keeps marks that could not be sent for the next time. */
export class Marks {
  readonly #race: string;
  readonly #known = new Set<MarkName>();
  #unsent: Mark[] = [];

  constructor(race: string) {
    this.#race = race;
  }

  /** Only the first mark of a name counts, save for clicks on seats. */
  note(name: MarkName, atMs: number, errorMs: number): void {
    if (name !== "seat-click" && this.#known.has(name)) return;
    this.#known.add(name);
    this.#unsent.push({ name, at_ms: atMs, error_ms: errorMs });
    const sent = this.#unsent.splice(0);
    // What cannot be sent now goes with the next mark.
    sendMarks(this.#race, sent).catch(() => this.#unsent.unshift(...sent));
  }
}
