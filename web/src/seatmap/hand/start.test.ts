// Tests of where one begins in a section. The first section has rows of 6, 8 and 10 seats: 0 to 5, 6 to 13,
// 14 to 23.
import { expect, test } from "vitest";
import { twoSections } from "../plan/fixture";
import { parsePlan } from "../plan/plan";
import { frontOf, startSeat } from "./start";

const hall = parsePlan(twoSections());

test("one begins in the middle of the front row", () => {
  expect(hall.row[startSeat(hall, 0, null, () => true)]).toBe(0);
});

test("where the front rows are gone, one begins at the free seat nearest to them", () => {
  expect(startSeat(hall, 0, null, (seat) => seat >= 14 && seat !== 18)).toBe(17);
});

test("two seats beside each other come before a single one that is little nearer", () => {
  const free = [3, 8, 9];
  expect([8, 9]).toContain(startSeat(hall, 0, null, (seat) => free.includes(seat)));
});

test("where a section was tapped decides which side of the front is near", () => {
  const left = { x: 0, y: 9_000 };
  expect(startSeat(hall, 0, left, () => true)).toBe(0);
});

test("a section without a free seat is begun at its front", () => {
  const seat = startSeat(hall, 0, null, () => false);
  const front = frontOf(hall, 0);
  expect([hall.x[seat], hall.y[seat]]).toEqual([front.x, front.y]);
});
