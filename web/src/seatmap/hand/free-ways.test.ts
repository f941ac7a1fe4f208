// Tests of where keys lead when seats that cannot be had are passed over. The first section has rows of
// 6, 8 and 10 seats: 0 to 5, 6 to 13, 14 to 23.
import { expect, test } from "vitest";
import { twoSections } from "../plan/fixture";
import { parsePlan } from "../plan/plan";
import { moveToFree, nextSeat } from "./free-ways";

const hall = parsePlan(twoSections());
const only =
  (...seats: number[]) =>
  (seat: number) =>
    seats.includes(seat);

test("left and right go to the next free seat of the row", () => {
  expect(moveToFree(hall, 0, "right", only(4, 5))).toBe(4);
  expect(moveToFree(hall, 5, "left", only(0, 1))).toBe(1);
});

test("where no seat is free that way, a key leads nowhere", () => {
  expect(moveToFree(hall, 3, "right", only(1, 8))).toBeNull();
  expect(moveToFree(hall, 3, "up", only(1, 8))).toBeNull();
  expect(moveToFree(hall, 8, "down", only(1, 8))).toBeNull();
  expect(moveToFree(hall, 8, "end", only())).toBeNull();
});

test("up and down pass over rows without a free seat and keep the column", () => {
  expect(moveToFree(hall, 2, "down", only(15, 18, 23))).toBe(18);
  expect(moveToFree(hall, 21, "up", only(0, 5))).toBe(5);
});

test("Home and End go to the outermost free seats of the row", () => {
  expect(moveToFree(hall, 9, "home", only(7, 9, 12))).toBe(7);
  expect(moveToFree(hall, 9, "end", only(7, 9, 12))).toBe(12);
});

test("a page takes a nearer row where no row further on has a free seat", () => {
  expect(moveToFree(hall, 2, "pageDown", only(8))).toBe(8);
  expect(moveToFree(hall, 20, "pageUp", only(9))).toBe(9);
});

test("with Control, Home and End go to the first and the last free seat of the section", () => {
  expect(moveToFree(hall, 9, "first", only(3, 9, 20, 30))).toBe(3);
  expect(moveToFree(hall, 9, "last", only(3, 9, 20, 30))).toBe(20);
});

test("the next free seat goes round within the section", () => {
  expect(nextSeat(hall, 22, 1, only(4))).toBe(4);
  expect(nextSeat(hall, 4, -1, only(22))).toBe(22);
  expect(nextSeat(hall, 4, 1, only())).toBeNull();
  expect(nextSeat(hall, 4, 1, only(30))).toBeNull();
});
