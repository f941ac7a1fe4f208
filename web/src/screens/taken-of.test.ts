// Tests of how much of a hall is gone.
import { expect, test } from "vitest";
import { formatShare } from "#/i18n/format";
import { sharesOf, takenOf } from "./taken-of";

test("what is neither free nor paid for is held", () => {
  expect(takenOf(100, 60, 10)).toEqual({ free: 60, paid: 10, held: 30 });
  expect(sharesOf(takenOf(100, 60, 10))).toEqual({ paid: 0.1, held: 0.3 });
});

test("with no seat free, a tenth paid means nine tenths held", () => {
  expect(sharesOf(takenOf(1_200, 0, 120))).toEqual({ paid: 0.1, held: 0.9 });
});

test("the parts make up the hall, whatever the counts say", () => {
  for (const seats of [0, 1, 7, 1_200]) {
    for (const free of [-1, 0, 1, 600, 2_000]) {
      for (const paid of [-1, 0, 3, 600, 2_000]) {
        const taken = takenOf(seats, free, paid);
        expect(taken.free + taken.paid + taken.held).toBe(seats);
        expect(Math.min(taken.free, taken.paid, taken.held)).toBeGreaterThanOrEqual(0);
      }
    }
  }
});

test("where none is free, the percents that are told make up a hundred", () => {
  const percent = (share: number) => Number.parseFloat(formatShare("en", share));
  for (let paid = 0; paid <= 1_207; paid++) {
    const { paid: sold, held } = sharesOf(takenOf(1_207, 0, paid));
    expect([paid, Math.abs(percent(sold) + percent(held) - 100) <= 0.05]).toEqual([paid, true]);
  }
});
