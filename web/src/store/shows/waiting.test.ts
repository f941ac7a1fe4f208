// Tests of who waits for a seat, and when they are told.
import { expect, test } from "vitest";
import type { PastRace } from "#/api/types";
import { type Free, noteFree, waitsIn } from "./waiting";

const race = (id: string, performance: string | null, ending: PastRace["ending"]) =>
  ({ id, performance, ending, title: { ko: id, en: id, ja: id } }) as PastRace;

test("whoever was in an opening and did not pay waits for a seat, in three at most", () => {
  const races = [
    race("a", "1", "left"),
    race("b", null, "left"),
    race("c", "2", "paid"),
    race("d", "3", null),
    race("e", "4", "sold-out"),
    race("f", "5", "lost"),
  ];
  expect(waitsIn(races).map(({ performance }) => performance)).toEqual(["1", "3", "4"]);
});

test("a seat has returned where none was free before, once", () => {
  const free: Free = new Map();
  expect(noteFree(free, "1", 3)).toBe(false);
  expect(noteFree(free, "1", 0)).toBe(false);
  expect(noteFree(free, "2", 1)).toBe(false);
  expect(noteFree(free, "1", 1)).toBe(true);
  expect(noteFree(free, "1", 1)).toBe(false);
  expect(noteFree(free, "1", 0)).toBe(false);
  // The sale is over, or nobody knows.
  expect(noteFree(free, "1", null)).toBe(false);
  expect(noteFree(free, "1", 2)).toBe(false);
});
