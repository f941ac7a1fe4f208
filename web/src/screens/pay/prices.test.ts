// Tests of which prices are told to the server.
import { expect, test } from "vitest";
import { changesOf, isWhole } from "./prices";

const grades = [
  { name: "VIP", seats: [1, 5] },
  { name: "R", seats: [9] },
];

test("a choice is whole when every seat of every grade has one price", () => {
  expect(isWhole(grades, {})).toBe(false);
  expect(isWhole(grades, { VIP: [1, 1], R: [1] })).toBe(true);
  expect(isWhole(grades, { VIP: [2, 1], R: [1] })).toBe(false);
  expect(isWhole(grades, { VIP: [2] })).toBe(false);
});

test("only what differs from the hold is asked for, together by price", () => {
  const regular = { seats: [1, 9, 5], discounts: [0, 0, 0] };
  expect(changesOf(grades, { VIP: [2, 0], R: [1, 0] }, regular)).toEqual([]);
  expect(changesOf(grades, { VIP: [1, 1], R: [0, 1] }, regular)).toEqual([
    { discount: 1, seats: [9, 5] },
  ]);
  const half = { seats: [1, 9, 5], discounts: [1, 1, 0] };
  expect(changesOf(grades, { VIP: [2, 0], R: [0, 1] }, half)).toEqual([
    { discount: 0, seats: [1] },
  ]);
});
