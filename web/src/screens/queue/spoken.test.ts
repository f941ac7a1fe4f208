// Tests of when the place in the queue is spoken.
import { expect, test } from "vitest";
import { isToBeSaid, type Said } from "./spoken";

/** The moments at which something is said, for places that come four times a second. */
function moments(position: (atMs: number) => number): number[] {
  const said: number[] = [];
  let last: Said | null = null;
  for (let atMs = 0; atMs <= 20_000; atMs += 250) {
    const now = { atMs, position: position(atMs) };
    if (!isToBeSaid(last, now)) continue;
    said.push(atMs);
    last = now;
  }
  return said;
}

test("a place that moves all the time is said each five seconds", () => {
  expect(moments((atMs) => 1_000 - atMs / 250)).toEqual([0, 5_000, 10_000, 15_000, 20_000]);
});

test("a place that stands still is said once, and as soon as it moves", () => {
  expect(moments((atMs) => (atMs < 12_000 ? 9 : 8))).toEqual([0, 12_000]);
});
