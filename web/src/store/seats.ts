// The seats as this visitor last saw them. The array changes in place; `version` counts the changes.
import { signal } from "@preact/signals";
import { foldFrame, type Replica } from "#/feed/replica";

export class SeatsStore {
  readonly version = signal(0);
  /** No seat is free in this view. A seat that is only held may become free again. */
  readonly isAllTaken = signal(false);
  #replica: Replica | null = null;

  get states(): Uint8Array | null {
    return this.#replica?.states ?? null;
  }

  /** Race time of what is shown: how old the view is depends on it. */
  get atMs(): number | null {
    return this.#replica?.atMs ?? null;
  }

  /** False when the frame cannot be folded: what was known is dropped and a snapshot needed. */
  apply(bytes: Uint8Array): boolean {
    const fold = foldFrame(this.#replica, bytes);
    if (fold.kind === "ignored") return true;
    this.#replica = fold.kind === "applied" ? fold.replica : null;
    this.#changed();
    return fold.kind === "applied";
  }

  /** What an answer told about one seat, before the next frame does. */
  mark(seat: number, state: 0 | 1 | 2): void {
    if (!this.#replica || seat >= this.#replica.states.length) return;
    this.#replica.states[seat] = state;
    this.#changed();
  }

  #changed(): void {
    this.version.value++;
    this.isAllTaken.value = this.#replica !== null && !this.#replica.states.includes(0);
  }
}
