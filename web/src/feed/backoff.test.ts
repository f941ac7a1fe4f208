// Tests of how long to wait before the next try.
import { expect, test } from "vitest";
import { waitBeforeTry } from "./backoff";

test("each failure waits longer, up to five seconds", () => {
  const waits = [0, 1, 2, 3, 4, 5, 50].map((failures) => waitBeforeTry(failures, 1));
  expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
});

test("half of the wait is left to chance", () => {
  expect(waitBeforeTry(3, 0)).toBe(1_000);
  expect(waitBeforeTry(3, 0.5)).toBe(1_500);
});
