// Tests of the expected time in the queue.
import { expect, test } from "vitest";
import { expectedRange } from "./expect";

test("nothing is promised before the pace is known", () => {
  expect(expectedRange(100, null)).toBeNull();
  expect(expectedRange(100, 0)).toBeNull();
});

test("the range lies around what the pace gives", () => {
  expect(expectedRange(600, 10)).toEqual({ lowMs: 48_000, highMs: 73_000 });
});

test("the next in line waits at least a second", () => {
  expect(expectedRange(1, 60)).toEqual({ lowMs: 1_000, highMs: 2_000 });
});
