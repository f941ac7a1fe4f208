// Tests of how far the server's clock is from ours.
import { expect, test } from "vitest";
import { estimateClock, isClockWrong, type Sample } from "./clock-estimate";

/** A question sent at `sentMs` by our clock, to a server `offset` ahead, with these ways there and back. */
function ask(sentMs: number, offset: number, there: number, back: number): Sample {
  return { sentMs, serverMs: sentMs + there + offset, receivedMs: sentMs + there + back };
}

test("nothing is known without a sample", () => {
  expect(estimateClock([])).toBeNull();
  expect(estimateClock([{ sentMs: 10, serverMs: 0, receivedMs: 5 }])).toBeNull();
});

test("an even way gives the offset itself, with half of the round trip as its error", () => {
  expect(estimateClock([ask(1000, 500, 20, 20)])).toEqual({
    offsetMs: 500,
    errorMs: 20,
    networkMs: 40,
  });
});

test("the truth lies within the error whatever the ways were", () => {
  for (let seed = 1; seed < 200; seed++) {
    const chance = (n: number) => ((seed * 7919 + n * 104_729) % 1000) / 1000;
    const samples = Array.from({ length: 8 }, (_, n) =>
      ask(n * 100, -2_345, chance(n) * 80, chance(n + 50) * 80),
    );
    const known = estimateClock(samples);
    expect(known).not.toBeNull();
    if (!known) continue;
    expect(Math.abs(known.offsetMs + 2_345)).toBeLessThanOrEqual(known.errorMs + 1e-6);
  }
});

test("samples with uneven ways narrow each other", () => {
  const one = estimateClock([ask(0, 100, 40, 2)]);
  const both = estimateClock([ask(0, 100, 40, 2), ask(100, 100, 2, 40)]);
  expect(both?.errorMs).toBeLessThan(one?.errorMs ?? 0);
});

test("samples that contradict each other leave the quickest one", () => {
  const jumped = [ask(0, 0, 50, 50), ask(100, 5_000, 5, 5)];
  expect(estimateClock(jumped)).toEqual({ offsetMs: 5_000, errorMs: 5, networkMs: 10 });
});

test("a clock is wrong only if it is so whatever the ways were", () => {
  const isWrong = (...samples: Sample[]) => {
    const known = estimateClock(samples);
    return known !== null && isClockWrong(known);
  };
  // The clocks agree, and the question was long on its way: the middle of what is possible is far off.
  expect(isWrong(ask(0, 0, 1_500, 5))).toBe(false);
  expect(isWrong(ask(0, 300, 1_500, 5))).toBe(false);
  expect(isWrong(ask(0, 800, 40, 5))).toBe(true);
  expect(isWrong(ask(0, -800, 40, 5))).toBe(true);
  expect(isWrong(ask(0, 400, 40, 5))).toBe(false);
});
