import { expect, test } from "vitest";
import { Presses } from "./press";

const pay = { name: "pay" };
const again = { name: "again" };
const here = { x: 200, y: 700 };

test("two presses of one control within 300 ms count once", () => {
  const presses = new Presses();
  const counted = [0, 80, 299, 300, 420, 650].filter((atMs) => presses.counts(pay, atMs));
  expect(counted).toEqual([0, 300, 650]);
});

test("presses of two controls beside each other count at once", () => {
  const presses = new Presses();
  expect(presses.counts(pay, 0, here)).toBe(true);
  expect(presses.counts(again, 60, { x: 240, y: 700 })).toBe(true);
  expect(presses.counts("seat 1", 70)).toBe(true);
  expect(presses.counts("seat 2", 80)).toBe(true);
  expect(presses.counts("seat 1", 90)).toBe(false);
});

test("a control that came under the finger does not take the second half of a double tap", () => {
  const presses = new Presses();
  expect(presses.counts(pay, 0, here)).toBe(true);
  expect(presses.counts(again, 80, { x: 204, y: 703 })).toBe(false);
  expect(presses.counts(again, 310, { x: 204, y: 703 })).toBe(true);
});

test("a control that commits, leaves or starts over takes no press for 400 ms after it appeared", () => {
  const presses = new Presses();
  presses.appear(again, 1_000);
  expect(presses.counts(again, 1_399)).toBe(false);
  expect(presses.counts(again, 1_400)).toBe(true);
});

test("a press made before the control appeared does not count, however late it is heard of", () => {
  const presses = new Presses();
  presses.appear(again, 1_000);
  expect(presses.counts(again, 990)).toBe(false);
});

test("after something was typed or gone to by Tab the next press is meant", () => {
  const presses = new Presses();
  presses.appear(again, 0);
  expect(presses.counts(pay, 0)).toBe(true);
  presses.forget();
  expect(presses.counts(pay, 50)).toBe(true);
  expect(presses.counts(again, 60)).toBe(true);
});

test("where each press counts, a quick hand loses none, and still not the second half of another's", () => {
  const presses = new Presses();
  expect([0, 90, 180].filter((atMs) => presses.countsEach(pay, atMs, here))).toEqual([0, 90, 180]);
  expect(presses.counts(again, 1_000, here)).toBe(true);
  expect(presses.countsEach(pay, 1_090, here)).toBe(false);
});
