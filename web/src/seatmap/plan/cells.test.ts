// Tests of states and counts of seats.
import { expect, test } from "vitest";
import {
  createCells,
  FREE,
  freeOf,
  gradeShown,
  HELD,
  isChoosable,
  SOLD,
  updateCells,
} from "./cells";
import { twoSections } from "./fixture";
import { parsePlan } from "./plan";

const hall = parsePlan(twoSections());

test("everything is free at first", () => {
  const cells = createCells(hall);
  expect(cells.free).toBe(44);
  expect([...cells.freeInSection]).toEqual([24, 20]);
  expect([...cells.freeInGrade]).toEqual([24, 20]);
});

test("only what differs is reported", () => {
  const cells = createCells(hall);
  const states = new Uint8Array(44);
  states[3] = HELD;
  states[30] = SOLD;
  expect(updateCells(hall, cells, states)).toEqual([
    { seat: 3, from: FREE, to: HELD },
    { seat: 30, from: FREE, to: SOLD },
  ]);
  expect(updateCells(hall, cells, states)).toEqual([]);
  states[3] = FREE;
  expect(updateCells(hall, cells, states)).toEqual([{ seat: 3, from: HELD, to: FREE }]);
  expect(cells.free).toBe(43);
});

test("packed states are read as the feed packs them", () => {
  const cells = createCells(hall);
  const packed = new Uint8Array(11);
  packed[0] = 0b10_01_00_01;
  updateCells(hall, cells, packed);
  expect(Array.from(cells.state.subarray(0, 4))).toEqual([1, 0, 1, 2]);
});

test("a state array of another hall is refused", () => {
  expect(() => updateCells(hall, createCells(hall), new Uint8Array(45))).toThrow(RangeError);
});

test("counts kept by difference equal counts made anew, after any changes", () => {
  const cells = createCells(hall);
  const states = new Uint8Array(44);
  let random = 7;
  for (let round = 0; round < 200; round += 1) {
    for (let i = 0; i < 9; i += 1) {
      random = (random * 48_271) % 2_147_483_647;
      states[random % 44] = (random >> 8) % 3;
    }
    updateCells(hall, cells, states);
    const free = [...states.keys()].filter((seat) => states[seat] === FREE);
    expect(cells.free).toBe(free.length);
    for (const section of [0, 1]) {
      const there = free.filter((seat) => hall.section[seat] === section).length;
      expect(freeOf(hall, cells, section, null)).toBe(there);
      expect(freeOf(hall, cells, section, new Set([section]))).toBe(there);
    }
  }
});

test("a filter takes seats of other grades out of reach", () => {
  const cells = createCells(hall);
  expect(isChoosable(hall, cells, 0, null)).toBe(true);
  expect(isChoosable(hall, cells, 0, new Set([1]))).toBe(false);
  expect(freeOf(hall, cells, 0, new Set([1]))).toBe(0);
});

test("a sold-out section shows the grade it has", () => {
  const cells = createCells(hall);
  updateCells(hall, cells, new Uint8Array(44).fill(SOLD));
  expect(gradeShown(hall, cells, 1)).toBe(1);
});
