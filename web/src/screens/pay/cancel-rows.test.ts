// Tests of what cancelling costs, row by row.
import { expect, test } from "vitest";
import { type CancelStyle, cancelRows } from "./cancel-rows";

const TERMS: CancelStyle = {
  free_days: 7,
  late_won: 4_000,
  late_percent_max: 10,
  fees: [
    { days_before: 9, percent: 10 },
    { days_before: 2, percent: 30 },
  ],
  until_days_before: 1,
  until_time: "17:00",
  until_saturday: "11:00",
};

test("M17: what a style keeps is told in the order of time", () => {
  expect(cancelRows(TERMS)).toEqual([
    { from: { kind: "booking-day" }, kept: { kind: "nothing" } },
    { from: { kind: "days-after", days: 1 }, kept: { kind: "booking-fee" } },
    { from: { kind: "days-after", days: 8 }, kept: { kind: "late", won: 4_000, percentMax: 10 } },
    { from: { kind: "days-before", days: 9 }, kept: { kind: "share", percent: 10 } },
    { from: { kind: "days-before", days: 2 }, kept: { kind: "share", percent: 30 } },
  ]);
});

test("M17: a style without free days, or without fees, has no row that never applies", () => {
  const kinds = (terms: Partial<CancelStyle>) =>
    cancelRows({ ...TERMS, ...terms }).map(({ kept }) => kept.kind);
  expect(kinds({ free_days: 0, fees: [] })).toEqual(["nothing", "late"]);
  expect(kinds({ late_won: 0, fees: [] })).toEqual(["nothing", "booking-fee"]);
});
