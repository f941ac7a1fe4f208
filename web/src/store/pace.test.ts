// Tests of the pace of the queue.
import { expect, test } from "vitest";
import { Pace } from "./pace";

/** A queue whose first place is served at `opensAtMs`, noted each second. */
function noted(opensAtMs: number, endMs: number, served: (sinceMs: number) => number): Pace {
  const pace = new Pace();
  for (let atMs = 0; atMs <= endMs; atMs += 1_000) {
    pace.note(atMs, atMs < opensAtMs ? 0 : served(atMs - opensAtMs));
  }
  return pace;
}

test("nothing is told in the first seconds, which the rush of the opening fills", () => {
  expect(noted(0, 3_000, (ms) => 100 + ms / 100).seen).toBeNull();
  expect(noted(0, 4_000, (ms) => 100 + ms / 100).seen?.perSecond).toBe(10);
});

test("the wait before the opening does not count", () => {
  const waited = noted(600_000, 610_000, (ms) => 30 + ms / 100);
  expect(waited.seen?.perSecond).toBe(10);
});

test("only the last minute counts", () => {
  const pace = noted(
    0,
    200_000,
    (ms) => 1 + (ms < 100_000 ? ms / 10 : 10_000 + (ms - 100_000) / 100),
  );
  expect(pace.seen?.perSecond).toBe(10);
  expect(pace.seen?.spanMs).toBe(60_000);
});

test("a queue that nobody leaves has no pace", () => {
  expect(noted(0, 100_000, (ms) => Math.min(200, ms / 100)).seen).toBeNull();
});
