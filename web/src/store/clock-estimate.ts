// How far the server's clock is from ours, from questions and answers. Pure.
//
// The server's moment lies somewhere between our question and its answer's arrival, so each sample bounds the
// offset by half of its round trip. What all of them allow is narrower than any one of them.
export type Sample = { sentMs: number; serverMs: number; receivedMs: number };
export type Estimate = { offsetMs: number; errorMs: number; networkMs: number };

/** Clocks drift: what is older than this many samples is no longer believed. */
export const SAMPLES_MAX = 16;

export function estimateClock(samples: readonly Sample[]): Estimate | null {
  let quickest: Estimate | null = null;
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (const { sentMs, serverMs, receivedMs } of samples) {
    const roundMs = receivedMs - sentMs;
    if (roundMs < 0) continue;
    const errorMs = roundMs / 2;
    const offsetMs = serverMs - (sentMs + receivedMs) / 2;
    low = Math.max(low, offsetMs - errorMs);
    high = Math.min(high, offsetMs + errorMs);
    if (!quickest || errorMs < quickest.errorMs) {
      quickest = { offsetMs, errorMs, networkMs: roundMs };
    }
  }
  if (!quickest) return null;
  // Samples that contradict each other tell of a clock that jumped: the quickest is then the best word.
  if (low > high) return quickest;
  return { offsetMs: (low + high) / 2, errorMs: (high - low) / 2, networkMs: quickest.networkMs };
}

/** A smaller gap between the clocks would not make anybody press at another moment. */
const GAP_TOLD_MS = 500;

/** Whether our clock is surely off by so much that it is worth telling. A slow answer alone says nothing of the clock. */
export function isClockWrong({ offsetMs, errorMs }: Estimate): boolean {
  return Math.abs(offsetMs) - errorMs >= GAP_TOLD_MS;
}
