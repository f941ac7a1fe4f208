// Tests of the order of results.
import { expect, test } from "vitest";
import { FIRST_ORDER, latestOf, orderAfter, sortRows } from "./results";
import { rowOf } from "./room-fixture";

const ROWS = [
  rowOf(0, { paid_ms: null, quality: 0.9, name: "다" }),
  rowOf(1, { paid_ms: 90_000, quality: null, name: "나" }),
  rowOf(2, { paid_ms: 30_000, quality: 0.2, name: "가" }),
  rowOf(3, { paid_ms: 30_000, quality: 0.2, name: "라" }),
];
const membersBy = (order: Parameters<typeof sortRows>[1]) =>
  sortRows(ROWS, order).map(({ member }) => member);

test("who paid first comes first, and who did not pay comes last in both directions", () => {
  expect(membersBy(FIRST_ORDER)).toEqual([2, 3, 1, 0]);
  expect(membersBy({ by: "paid", isDown: true })).toEqual([1, 2, 3, 0]);
});

test("names are sorted as names", () => {
  expect(membersBy({ by: "who", isDown: false })).toEqual([2, 1, 0, 3]);
});

test("a second press on a column turns the order round, and quality begins with the best", () => {
  expect(orderAfter(FIRST_ORDER, "paid")).toEqual({ by: "paid", isDown: true });
  expect(orderAfter(FIRST_ORDER, "press")).toEqual({ by: "press", isDown: false });
  expect(orderAfter(FIRST_ORDER, "quality")).toEqual({ by: "quality", isDown: true });
});

test("bars are drawn against the latest, and never against nothing", () => {
  expect(latestOf(ROWS, "paid_ms")).toBe(90_000);
  expect(latestOf(ROWS, "held_ms")).toBe(1);
});
