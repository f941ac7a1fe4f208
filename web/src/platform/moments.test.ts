// Tests of times of day.
import { expect, test } from "vitest";
import { nextMoment, timeOfDay } from "./moments";

const NOON = new Date(2026, 5, 1, 12, 0, 0).getTime();
const HOUR = 3_600_000;

test("a time that is still to come is today's, one that has passed is tomorrow's", () => {
  expect(nextMoment("13:30", NOON)).toBe(NOON + 1.5 * HOUR);
  expect(nextMoment("11:00", NOON)).toBe(NOON + 23 * HOUR);
  expect(nextMoment("12:00", NOON)).toBe(NOON + 24 * HOUR);
});

test("what is no time is none", () => {
  for (const typed of ["", "24:00", "9:5", "noon"]) expect(nextMoment(typed, NOON)).toBeNull();
});

test("a moment is written as a field for times wants it", () => {
  expect(timeOfDay(NOON)).toBe("12:00");
  expect(nextMoment(timeOfDay(NOON + HOUR), NOON)).toBe(NOON + HOUR);
});
