// Tests of the reading of plans.
import { expect, test } from "vitest";
import { twoSections } from "./fixture";
import { KIND_RESTRICTED, KIND_WHEELCHAIR, PlanError, parsePlan } from "./plan";

test("a plan becomes flat arrays in the order of its seats", () => {
  const hall = parsePlan(twoSections());
  expect(hall.seats).toBe(44);
  expect([...hall.rowStart]).toEqual([0, 6, 14, 24, 34, 44]);
  expect(hall.sections.map((s) => [s.rowFrom, s.rowTo, s.seatFrom, s.seatTo])).toEqual([
    [0, 3, 0, 24],
    [3, 5, 24, 44],
  ]);
  expect(hall.row[23]).toBe(2);
  expect(hall.section[24]).toBe(1);
  expect(hall.pitch).toBe(50);
  expect(hall.numbers[5]).toBe("6");
});

test("neighbours end at an aisle and at the end of a row", () => {
  const json = twoSections();
  const row = json.sections[0]?.rows[0];
  if (row) row.gaps = [2];
  const hall = parsePlan(json);
  expect(Array.from(hall.adjacent.subarray(0, 6))).toEqual([1, 1, 0, 1, 1, 0]);
});

test("kinds, grades and numbers may be given seat by seat", () => {
  const json = twoSections();
  const row = json.sections[0]?.rows[0];
  if (row) {
    row.kinds = { wheelchair: [0], restricted: [5] };
    row.grades = [0, 0, 0, 1, 1, 1];
    row.numbers = ["1", "2", "3", "4", "4A", "5"];
  }
  const hall = parsePlan(json);
  expect(hall.kind[0]).toBe(KIND_WHEELCHAIR);
  expect(hall.kind[5]).toBe(KIND_RESTRICTED);
  expect(Array.from(hall.grade.subarray(0, 6))).toEqual([0, 0, 0, 1, 1, 1]);
  expect(hall.numbers[4]).toBe("4A");
});

const faults: [string, (json: ReturnType<typeof twoSections>) => void, string][] = [
  ["no sections", (json) => (json.sections = []), "sections"],
  ["an unknown stage", (json) => (json["stage"] = { shape: "oval" }), "stage.shape"],
  ["a width that is no number", (json) => (json["width"] = "12"), "width"],
  [
    "a colour that is no colour",
    (json) => (json["grades"] = [{ name: "R", color: "red", price_won: 1 }]),
    "grades[0].color",
  ],
  ["seats out of order", (json) => spoilRow(json, (r) => (r.first_seat = 9)), "rows[0].first_seat"],
  ["fewer y than x", (json) => spoilRow(json, (r) => r.y.pop()), "rows[0].y"],
  ["a seat outside", (json) => spoilRow(json, (r) => (r.x[0] = -5)), "rows[0].x[0]"],
  [
    "a seat that is no number",
    (json) => spoilRow(json, (r) => (r.x[0] = Number.NaN)),
    "rows[0].x[0]",
  ],
  ["an unknown grade", (json) => spoilRow(json, (r) => (r.grades = 7)), "rows[0].grades"],
  ["a grade too few", (json) => spoilRow(json, (r) => (r.grades = [0])), "rows[0].grades"],
  ["an aisle outside", (json) => spoilRow(json, (r) => (r.gaps = [6])), "rows[0].gaps[0]"],
  [
    "numbers of another count",
    (json) => spoilRow(json, (r) => (r.numbers = ["1"])),
    "rows[0].numbers",
  ],
  ["an empty row", (json) => spoilRow(json, (r) => (r.x = [])), "rows[0].x"],
];

function spoilRow(
  json: ReturnType<typeof twoSections>,
  change: (row: ReturnType<typeof twoSections>["sections"][number]["rows"][number]) => void,
): void {
  const first = json.sections[0]?.rows[0];
  if (first) change(first);
}

test.each(faults)("%s is refused with its place", (_name, spoil, place) => {
  const json = twoSections();
  spoil(json);
  expect(() => parsePlan(json)).toThrow(PlanError);
  expect(() => parsePlan(json)).toThrow(place);
});

test.each([null, 3, "plan", [], undefined])("%s is no plan", (json) => {
  expect(() => parsePlan(json)).toThrow(PlanError);
});
