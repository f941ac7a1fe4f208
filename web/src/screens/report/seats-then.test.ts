// Tests of the seats at the moment of a click, and of the marks on the hall.
import { expect, test } from "vitest";
import "#/platform/fake-browser";
import type { HallThen, Report } from "#/api/types";
import { marksOf } from "./hall-marks";
import { PLAN, report } from "./report-fixture";
import { countFree, sectionsThen, statesThen } from "./seats-then";

// Seats 0, 2, 3 and 5 of six.
const THEN: HallThen = { at_ms: 79_000, free: btoa("\x2d"), clicked: [1], taken: [] };

test("free seats are read from their bits, the first in the lowest", () => {
  const states = statesThen(THEN, 6);
  expect([...(states ?? [])]).toEqual([0, 2, 0, 0, 2, 0]);
  expect(states && countFree(states)).toBe(4);
  expect(states && sectionsThen(PLAN, states)).toEqual([
    { section: 0, free: 2, all: 3 },
    { section: 1, free: 2, all: 3 },
  ]);
});

test("what is damaged or of another hall is not drawn", () => {
  expect(statesThen(THEN, 9)).toBeNull();
  expect(statesThen({ ...THEN, free: "no base64!" }, 6)).toBeNull();
  expect(statesThen({ ...THEN, free: "" }, 6)).toBeNull();
});

const conflict = (seat: number, at_ms: number): Report["conflicts"][number] => ({
  seat,
  at_ms,
  late_ms: 800,
  view_age_ms: null,
  section: 0,
});

test("who took a lost seat is told with the moment and by how much", () => {
  const hall: HallThen = {
    ...THEN,
    taken: [
      { seat: 1, at_ms: 78_200, held_by: "rival" },
      { seat: 4, at_ms: 83_200, held_by: "person" },
    ],
  };
  const told = report({ hall, conflicts: [conflict(1, 79_000), conflict(4, 84_000)] });
  expect(marksOf(told)).toEqual([
    { seat: 1, kind: "taken", label: "1분 18초에 경쟁자가 먼저 선점, 0.8초 차이" },
    { seat: 4, kind: "taken", label: "1분 23초에 함께한 사람이 먼저 선점, 0.8초 차이" },
  ]);
});

test("each seat has one mark: a lost one, one that was had, or one that was only clicked", () => {
  const had = { seat: 2, quality_rank_then: 1, free_then: 4, price_won: 1, fate: "paid" as const };
  const told = report({
    hall: { ...THEN, clicked: [1, 2, 3] },
    conflicts: [conflict(1, 79_000), conflict(1, 85_000)],
    seats: [had],
  });
  expect(marksOf(told).map(({ seat, kind }) => [seat, kind])).toEqual([
    [1, "taken"],
    [2, "mine"],
    [3, "clicked"],
  ]);
});
