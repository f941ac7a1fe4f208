// Seats that somebody took a moment ago: how far each of them has faded.

const FADE_MS = 600;
/** Fading seats beyond this many could no longer be told apart. */
const FADES_MAX = 300;
/** Stands for the next frame, whose time is not known yet. */
const NEXT_FRAME = -1;

/** Counts with the time of frames. */
export class Fades {
  /** How far each seat has faded, from 0 to 1, in the present frame. */
  readonly shares = new Map<number, number>();
  readonly #since = new Map<number, number>();

  get isEmpty(): boolean {
    return this.#since.size === 0;
  }

  start(seat: number): void {
    if (this.#since.size < FADES_MAX) this.#since.set(seat, NEXT_FRAME);
    else this.stop(seat);
  }

  stop(seat: number): void {
    this.#since.delete(seat);
  }

  /** Moves all of them on, and returns those that have faded away. */
  step(now: number): number[] {
    const ended: number[] = [];
    this.shares.clear();
    for (const [seat, since] of this.#since) {
      const share = since === NEXT_FRAME ? 0 : (now - since) / FADE_MS;
      if (since === NEXT_FRAME) this.#since.set(seat, now);
      if (share >= 1) ended.push(seat);
      else this.shares.set(seat, share);
    }
    for (const seat of ended) this.#since.delete(seat);
    return ended;
  }
}
