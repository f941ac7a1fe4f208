// Tests of where the focus goes.
import { expect, test } from "vitest";
import { twoSections } from "../plan/fixture";
import { parsePlan } from "../plan/plan";
import { moveOf, moveSeat, moveSection } from "./keyboard";

const hall = parsePlan(twoSections());

test("left and right stay in the row", () => {
  expect(moveSeat(hall, 0, "left")).toBe(0);
  expect(moveSeat(hall, 0, "right")).toBe(1);
  expect(moveSeat(hall, 5, "right")).toBe(5);
});

test("up and down keep the column where rows differ in length", () => {
  expect(moveSeat(hall, 0, "down")).toBe(7);
  expect(moveSeat(hall, 7, "up")).toBe(0);
  expect(moveSeat(hall, 23, "up")).toBe(13);
  expect(moveSeat(hall, 20, "down")).toBe(20);
});

test("rows that are numbered from the other side move as drawn", () => {
  const json = twoSections();
  for (const row of json.sections[0]?.rows ?? []) row.x.reverse();
  const mirrored = parsePlan(json);
  expect(moveSeat(mirrored, 3, "right")).toBe(2);
  expect(moveSeat(mirrored, 3, "home")).toBe(5);
  expect(moveSeat(mirrored, 3, "end")).toBe(0);
});

test("rows behind the stage move as drawn", () => {
  const json = twoSections();
  const rows = json.sections[0]?.rows ?? [];
  for (const [index, row] of rows.entries()) row.y.fill(600 - index * 90);
  const behind = parsePlan(json);
  expect(behind.row[moveSeat(behind, 0, "up")]).toBe(1);
});

test("Home, End, pages and corners", () => {
  expect(moveSeat(hall, 9, "home")).toBe(6);
  expect(moveSeat(hall, 9, "end")).toBe(13);
  expect(hall.row[moveSeat(hall, 2, "pageDown")]).toBe(2);
  expect(moveSeat(hall, 9, "first")).toBe(0);
  expect(moveSeat(hall, 9, "last")).toBe(23);
  expect(moveOf("Home", true)).toBe("first");
  expect(moveOf("Tab", false)).toBeNull();
});

test("an aisle is stepped over", () => {
  const json = twoSections();
  const row = json.sections[0]?.rows[0];
  if (row) row.gaps = [2];
  expect(moveSeat(parsePlan(json), 2, "right")).toBe(3);
});

test("arrows go from section to section and stop at the last", () => {
  expect(moveSection(hall, 0, "down")).toBe(1);
  expect(moveSection(hall, 1, "up")).toBe(0);
  expect(moveSection(hall, 0, "left")).toBe(0);
  expect(moveSection(hall, 0, "pageDown")).toBe(1);
});

test("arrows pass over sections that are not wanted, and stay where none is", () => {
  expect(moveSection(hall, 0, "down", (section) => section !== 1)).toBe(0);
  expect(moveSection(hall, 0, "last", (section) => section !== 1)).toBe(0);
  expect(moveSection(hall, 0, "pageDown", () => false)).toBe(0);
});

test("every seat of a section is reached by arrows from any other", () => {
  const seen = new Set([0]);
  const open = [0];
  while (open.length > 0) {
    const seat = open.pop() ?? 0;
    for (const move of ["left", "right", "up", "down"] as const) {
      const next = moveSeat(hall, seat, move);
      if (!seen.has(next)) open.push(next);
      seen.add(next);
    }
  }
  expect(seen.size).toBe(24);
});
