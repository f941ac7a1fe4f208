// How fast the queue has lately moved, from the numbers that the feed tells. Pure.

/** Ten seconds of the feed are enough to tell. */
const WINDOW_MS = 10_000;
/** Less than this says nothing yet. */
const SPAN_MS_MIN = 2_000;

/** Reckons with the numbers of the last ten seconds. */
export class Pace {
  /** Admissions a second; null before that can be told. */
  perSecond: number | null = null;
  #log: { atMs: number; served: number }[] = [];

  /** A queue that stands keeps the pace it had: it says how fast the queue moves when it does. */
  note(atMs: number, served: number): void {
    this.#log = this.#log.filter((entry) => atMs - entry.atMs <= WINDOW_MS);
    const oldest = this.#log[0];
    if (oldest && atMs - oldest.atMs >= SPAN_MS_MIN) {
      const perSecond = ((served - oldest.served) * 1000) / (atMs - oldest.atMs);
      if (perSecond > 0) this.perSecond = perSecond;
    }
    this.#log.push({ atMs, served });
  }
}
