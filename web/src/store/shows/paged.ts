// A list that the server tells page by page, as far as it was read.
import { batch, computed, signal } from "@preact/signals";
import { type Why, whyOf } from "#/api/client";

type Page<T> = { rows: readonly T[]; next: string | null };
/** Asks for so many rows at most, behind where the page before ended. */
type Ask<T> = (after: string | null, rows: number) => Promise<Page<T>>;

/** Rows of one page. Three rows of cards on a wide screen. */
const PAGE_ROWS = 24;
/** As many rows as the server gives at once. */
const ASKED_MAX = 100;

export class Paged<T> {
  /** Null before the first page is there. */
  readonly rows = signal<readonly T[] | null>(null);
  /** Whether the next page is on its way. */
  readonly isBusy = signal(false);
  /** Why the last page that was asked for has not come: the server said no, or said nothing. */
  readonly trouble = signal<Why | null>(null);
  readonly isWhole = computed(() => this.rows.value !== null && this.#next.value === null);
  readonly #next = signal<string | null>(null);
  readonly #ask: Ask<T>;
  readonly #keyOf: (row: T) => string;
  readonly #pageRows: number;
  /** What is asked is asked in turn: what is renewed meanwhile would end elsewhere than the next page begins. */
  #last: Promise<void> = Promise.resolve();

  /** `keyOf` tells rows apart: what moved to the next page meanwhile is not shown twice. */
  constructor(ask: Ask<T>, keyOf: (row: T) => string, pageRows = PAGE_ROWS) {
    this.#ask = ask;
    this.#keyOf = keyOf;
    this.#pageRows = pageRows;
  }

  /** Asks for the first page if there is none, else for the next. */
  async more(): Promise<void> {
    if (this.isBusy.value || this.isWhole.value) return;
    this.isBusy.value = true;
    this.trouble.value = null;
    await this.#inTurn(async () => {
      try {
        const { rows, next } = await this.#ask(this.#next.value, this.#pageRows);
        this.#show([...(this.rows.value ?? []), ...rows], next);
      } catch (error) {
        this.trouble.value = whyOf(error);
      } finally {
        this.isBusy.value = false;
      }
    });
  }

  /**
   * Asks anew for as many rows as are there, and says whether they came. Nothing shows that it is asked: what was told
   * stays until then.
   */
  async renew(): Promise<boolean> {
    let hasCome = false;
    await this.#inTurn(async () => {
      const wanted = this.rows.value?.length;
      if (wanted === undefined) return;
      const fresh: T[] = [];
      let next: string | null = null;
      try {
        do {
          const asked = Math.max(this.#pageRows, Math.min(ASKED_MAX, wanted - fresh.length));
          // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before ended
          const page = await this.#ask(next, asked);
          fresh.push(...page.rows);
          next = page.next;
        } while (next !== null && fresh.length < wanted);
      } catch {
        // Without an answer what was told is still the best one has.
        return;
      }
      this.#show(fresh, next);
      hasCome = true;
    });
    return hasCome;
  }

  #show(told: readonly T[], next: string | null): void {
    batch(() => {
      const known = new Set<string>();
      this.rows.value = told.filter((row) => isNew(known, this.#keyOf(row)));
      this.#next.value = next;
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work);
    return this.#last;
  }
}

function isNew(known: Set<string>, key: string): boolean {
  if (known.has(key)) return false;
  known.add(key);
  return true;
}
