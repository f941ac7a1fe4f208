// How fast the queue moves, from the numbers that the feed tells. Pure.

/** The rate of the doors differs from one five seconds to the next: a minute of it tells its average. */
const WINDOW_MS = 60_000;
/** The opening lets in at once whoever is there first. That says nothing of the rate that follows. */
const RUSH_MS = 2_000;
/** Less than this says nothing yet. */
const SPAN_MS_MIN = 2_000;
/** Notes closer together would only fill the log. */
const NOTE_GAP_MS = 500;

/** What was seen of the queue's movement: its rate, and how much that rests on. */
export type PaceSeen = {
  /** Places served a second, above 0. */
  perSecond: number;
  /** For how long the queue was watched, and how many places were served meanwhile. */
  spanMs: number;
  served: number;
};

type Note = { atMs: number; served: number };

/** Reckons with the numbers of the last minute, from the first admission on. What was before is no movement. */
export class Pace {
  /** Null before it can be told, and while nobody is let in. */
  seen: PaceSeen | null = null;
  #firstAtMs: number | null = null;
  #log: Note[] = [];

  /** Takes a number of the feed: how many places had been served at a moment of the race. */
  note(atMs: number, served: number): void {
    if (served <= 0) return;
    this.#firstAtMs ??= atMs;
    if (atMs - this.#firstAtMs < RUSH_MS) return;
    this.#log = this.#log.filter((entry) => atMs - entry.atMs <= WINDOW_MS);
    const oldest = this.#log[0];
    if (oldest && atMs - oldest.atMs >= SPAN_MS_MIN) this.seen = between(oldest, { atMs, served });
    const newest = this.#log.at(-1);
    if (!newest || atMs - newest.atMs >= NOTE_GAP_MS) this.#log.push({ atMs, served });
  }
}

function between(from: Note, to: Note): PaceSeen | null {
  const [spanMs, served] = [to.atMs - from.atMs, to.served - from.served];
  return served > 0 ? { perSecond: (served * 1000) / spanMs, spanMs, served } : null;
}
