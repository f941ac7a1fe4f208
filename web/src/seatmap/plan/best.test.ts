// Tests of the best seats that can be had.
import { expect, test } from "vitest";
import { bestAvailable, qualityOf } from "./best";
import { SOLD } from "./cells";
import { planJson, twoSections } from "./fixture";
import { parsePlan } from "./plan";

const hall = parsePlan(twoSections());
const all = { count: 1, sections: null, grades: null };

test("one seat: the front row", () => {
  const best = bestAvailable(hall, new Uint8Array(44), all);
  expect(best).toHaveLength(1);
  expect(hall.row[best?.[0] ?? 99]).toBe(0);
});

test("several seats are neighbours without an aisle between them", () => {
  const json = twoSections();
  const row = json.sections[0]?.rows[0];
  if (row) row.gaps = [2];
  const cut = parsePlan(json);
  const best = bestAvailable(cut, new Uint8Array(44), { ...all, count: 4 });
  expect(best).toHaveLength(4);
  expect(best?.every((seat) => cut.row[seat] === 1)).toBe(true);
});

test("what is taken, filtered or in another section is not offered", () => {
  const states = new Uint8Array(44);
  states.fill(SOLD, 0, 23);
  expect(bestAvailable(hall, states, { ...all, sections: [0] })).toEqual([23]);
  expect(bestAvailable(hall, states, { ...all, sections: [0], count: 2 })).toBeNull();
  const inB = bestAvailable(hall, states, { ...all, grades: new Set([1]) });
  expect(hall.section[inB?.[0] ?? 0]).toBe(1);
});

test("wheelchair places are not given away", () => {
  const json = planJson([{ floor: "F", label: "A", left: 100, top: 200, rows: [2] }]);
  const row = json.sections[0]?.rows[0];
  if (row) row.kinds = { wheelchair: [0, 1] };
  expect(bestAvailable(parsePlan(json), new Uint8Array(2), all)).toBeNull();
});

test("nearer, more frontal, lower and clear are better", () => {
  const json = planJson([{ floor: "F", label: "A", left: 250, top: 900, rows: [10, 10, 10] }]);
  const back = json.sections[0]?.rows[2];
  if (back) back.kinds = { restricted: [5] };
  const deep = parsePlan(json);
  const quality = (seat: number, level = 0) => qualityOf(deep, seat, level);
  expect(quality(4)).toBeGreaterThan(quality(14));
  expect(quality(4)).toBeGreaterThan(quality(0));
  expect(quality(4)).toBeGreaterThan(quality(4, 1));
  expect(quality(24)).toBeGreaterThan(quality(25));
});
