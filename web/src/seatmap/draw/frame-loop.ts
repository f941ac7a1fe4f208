// The one loop that draws: a frame is asked for only while something changes.

// On the browser's own time line, for the bench: the time to the first frame, and each new picture.
const FIRST_DRAW = "seatmap-first-draw";
const SHARP = "seatmap-sharp";

/** Asks the browser for a frame when it is told to, never twice for the same one. */
export class FrameLoop {
  // Returns true if another frame is needed.
  readonly #onFrame: (now: number) => boolean;
  readonly #bornAt = performance.now();
  // The frame that was asked for, or 0.
  #request = 0;
  #isMeasured = false;

  constructor(onFrame: (now: number) => boolean) {
    this.#onFrame = onFrame;
  }

  ask(): void {
    // oxlint-disable-next-line no-restricted-globals -- the one loop that draws
    if (this.#request === 0) this.#request = requestAnimationFrame(this.#tick);
  }

  close(): void {
    // oxlint-disable-next-line no-restricted-globals -- the one loop that draws
    cancelAnimationFrame(this.#request);
  }

  readonly #tick = (now: number): void => {
    this.#request = 0;
    if (this.#onFrame(now)) this.ask();
    if (!this.#isMeasured) performance.measure(FIRST_DRAW, { start: this.#bornAt });
    this.#isMeasured = true;
  };
}

export function markSharpPicture(): void {
  performance.clearMarks(SHARP);
  performance.mark(SHARP);
}
