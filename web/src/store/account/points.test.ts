// Tests of the list of points.
import { expect, test, vi } from "vitest";

vi.mock("#/platform/time", async () => (await import("#/platform/fakes")).time.owner);
vi.mock("#/platform/http", async () => (await import("#/platform/fakes")).server.owner);

import type { PointsEntry } from "#/api/account-types";
import { msOfDay } from "#/platform/days";
import { server } from "#/platform/fakes";
import { balanceWon, byDay, myPoints } from "./points";

/** Hours after the beginning of a day in Greenwich. */
const at = (hours: number, balance_won: number): PointsEntry => ({
  at_ms: msOfDay("2026-11-29") + hours * 3_600_000,
  amount_won: 1,
  balance_won,
  cause: "payment",
  concert: null,
  sale: null,
  booking: null,
});

test("entries stand under the day that the reader has, the newest first", () => {
  const entries = [at(15.1, 3), at(14.9, 2), at(1, 1)];
  // Midnight in Seoul lies between the first two.
  expect(byDay(entries, "Asia/Seoul").map(({ day, entries: of }) => [day, of.length])).toEqual([
    ["2026-11-30", 1],
    ["2026-11-29", 2],
  ]);
  expect(byDay(entries, "UTC")).toHaveLength(1);
  expect(byDay([], "UTC")).toEqual([]);
});

test("the list goes on where the page before ended, and shows nothing twice", async () => {
  const [first, second, third] = [at(15.1, 3), at(14.9, 2), at(1, 1)];
  server.on("GET /api/points?rows=10", { balance_won: 3, entries: [first, second], next: "c" });
  server.on("GET /api/points?rows=10&after=c", {
    balance_won: 3,
    entries: [second, third],
    next: null,
  });
  await myPoints.more();
  await myPoints.more();
  expect(myPoints.rows.value).toEqual([first, second, third]);
  expect(myPoints.isWhole.value).toBe(true);
  expect(balanceWon.value).toBe(3);
});
