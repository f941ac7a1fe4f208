// Tests of the months of the calendar.
import { expect, test } from "vitest";
import { isDay, isMonth, lastDay, monthAfter, weeksOf } from "./months";

test("months go on over the end of a year", () => {
  expect(monthAfter("2026-12", 1)).toBe("2027-01");
  expect(monthAfter("2026-01", -1)).toBe("2025-12");
  expect(monthAfter("2026-05", 0)).toBe("2026-05");
});

test("the last day of a month, in leap years too", () => {
  expect(["2026-02", "2028-02", "2026-12", "2026-11"].map(lastDay)).toEqual([
    "2026-02-28",
    "2028-02-29",
    "2026-12-31",
    "2026-11-30",
  ]);
});

test("weeks begin on Sunday and hold every day of the month once", () => {
  // The first of November 2026 is a Sunday.
  expect(weeksOf("2026-11")[0]?.[0]).toBe("2026-11-01");
  expect(weeksOf("2026-12")[0]).toEqual([
    null,
    null,
    "2026-12-01",
    "2026-12-02",
    "2026-12-03",
    "2026-12-04",
    "2026-12-05",
  ]);
  for (const month of ["2026-02", "2026-11", "2026-12", "2027-05"]) {
    const weeks = weeksOf(month);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    const days = weeks.flat().filter((day) => day !== null);
    expect(days).toHaveLength(Number(lastDay(month).slice(8)));
    expect(new Set(days).size).toBe(days.length);
  }
});

test("what is no day and no month is told from those", () => {
  expect(isDay("2026-12-03")).toBe(true);
  expect(isMonth("2026-12")).toBe(true);
  for (const text of [null, "", "2026-13-01", "2026-12", "20261203", "2026-12-3x"])
    expect(isDay(text)).toBe(false);
  for (const text of [null, "2026", "2026-13", "2026-12-03"]) expect(isMonth(text)).toBe(false);
});
