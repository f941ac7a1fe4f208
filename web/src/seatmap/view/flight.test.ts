// Tests of flights between two views.
import { expect, test } from "vitest";
import { flight } from "./flight";

const size = { width: 390, height: 600 };
const from = { k: 0.03, x: 10, y: 20 };
const to = { k: 0.7, x: -2000, y: -1500 };

test("a flight starts where it is and ends exactly where it should", () => {
  const way = flight(from, to, size, 400);
  const first = way.at(1000);
  expect(first.k).toBeCloseTo(from.k, 6);
  expect(first.x).toBeCloseTo(from.x, 3);
  expect(way.over(1399)).toBe(false);
  expect(way.at(1400)).toBe(to);
  expect(way.over(1400)).toBe(true);
});

test("the clock starts with the first frame, not with the tap", () => {
  const way = flight(from, to, size, 400);
  expect(way.over(50_000)).toBe(false);
  expect(way.over(50_400)).toBe(true);
});

test("no time means at once", () => {
  expect(flight(from, to, size, 0).at(5)).toBe(to);
});
