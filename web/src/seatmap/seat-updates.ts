// New states of seats, taken over once a frame and told as news no more often than they can be read.
import { type Cells, type Change, createCells, updateCells } from "./plan/cells";
import type { Hall } from "./plan/plan";

/** Counts in the legend need not change more often than this. */
const NEWS_MS = 500;

/** Owns the states and counts that all parts of the map read. */
export class SeatUpdates {
  readonly cells: Cells;
  readonly #hall: Hall;
  readonly #onNews: () => void;
  #latest: Uint8Array | null = null;
  #hasAny = false;
  #news = { isDue: false, toldAt: 0 };

  constructor(hall: Hall, onNews: () => void) {
    this.#hall = hall;
    this.#onNews = onNews;
    this.cells = createCells(hall);
  }

  /** Whether something has changed that was not told yet. */
  get isNewsDue(): boolean {
    return this.#news.isDue;
  }

  /** Keeps the states for the next frame. The first ones count at once: a hall is never shown empty. */
  put(states: Uint8Array): void {
    if (!this.#hasAny) {
      this.#hasAny = true;
      updateCells(this.#hall, this.cells, states);
      this.#onNews();
    }
    this.#latest = states;
  }

  /** Takes over what was put last, and returns what has changed. Called once a frame. */
  take(): Change[] {
    if (!this.#latest) return [];
    const changes = updateCells(this.#hall, this.cells, this.#latest);
    this.#latest = null;
    if (changes.length > 0) this.#news.isDue = true;
    return changes;
  }

  /** Tells of changes, no more often than they can be read. True if it did in this frame. */
  tell(now: number): boolean {
    if (!this.#news.isDue || now - this.#news.toldAt < NEWS_MS) return false;
    this.#news = { isDue: false, toldAt: now };
    this.#onNews();
    return true;
  }
}
