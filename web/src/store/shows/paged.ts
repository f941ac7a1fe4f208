// A list that the server tells page by page, as far as it was read.
import { batch, computed, signal } from "@preact/signals";
import { Refused } from "#/api/client";

type Page<T> = { rows: readonly T[]; next: string | null };
type Ask<T> = (after: string | null) => Promise<Page<T>>;

export class Paged<T> {
  /** Null before the first page is there. */
  readonly rows = signal<readonly T[] | null>(null);
  readonly isBusy = signal(false);
  /** Why the last page that was asked for has not come: the server said no, or said nothing. */
  readonly trouble = signal<Refused | "away" | null>(null);
  readonly isWhole = computed(() => this.rows.value !== null && this.#next.value === null);
  readonly #next = signal<string | null>(null);
  readonly #ask: Ask<T>;
  readonly #keyOf: (row: T) => string;
  #pages = 0;

  /** `keyOf` tells rows apart: what moved to the next page meanwhile is not shown twice. */
  constructor(ask: Ask<T>, keyOf: (row: T) => string) {
    this.#ask = ask;
    this.#keyOf = keyOf;
  }

  /** Asks for the first page if there is none, else for the next. */
  async more(): Promise<void> {
    if (this.isBusy.value || this.isWhole.value) return;
    await this.#load(this.#next.value);
  }

  /** Asks anew for the first page. Whoever has read on keeps what they read. */
  async renew(): Promise<void> {
    if (this.isBusy.value || this.#pages > 1) return;
    await this.#load(null);
  }

  async #load(after: string | null): Promise<void> {
    this.isBusy.value = true;
    this.trouble.value = null;
    try {
      const { rows, next } = await this.#ask(after);
      const before = after === null ? [] : (this.rows.value ?? []);
      const known = new Set(before.map(this.#keyOf));
      const fresh = rows.filter((row) => !known.has(this.#keyOf(row)));
      this.#pages = after === null ? 1 : this.#pages + 1;
      batch(() => {
        this.rows.value = [...before, ...fresh];
        this.#next.value = next;
      });
    } catch (error) {
      this.trouble.value = error instanceof Refused ? error : "away";
    } finally {
      this.isBusy.value = false;
    }
  }
}
