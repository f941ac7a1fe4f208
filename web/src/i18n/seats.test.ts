// Tests of the names of seats.
import { expect, test } from "vitest";
import type { Plan } from "#/api/types";
import { findSeat, gradeOf, nameGrade, rowSeatName, seatName, sectionName } from "./seats";

const row = (label: string, first_seat: number, count: number, grades: number | number[]) => ({
  label,
  first_seat,
  numbers: { from: 1, count },
  x: Array.from({ length: count }, (_, at) => at),
  y: Array.from({ length: count }, () => 0),
  grades,
});
const plan: Plan = {
  name: "small",
  title: { ko: "작은 극장", en: "Small", ja: "小" },
  width: 1,
  height: 1,
  stage: { shape: "end", outline: [] },
  grades: [
    { name: "VIP", color: "#111111", price_won: 165_000 },
    { name: "R", color: "#222222", price_won: 143_000 },
  ],
  sections: [
    {
      floor: "F",
      label: "A",
      outline: [],
      rows: [row("1", 0, 3, 0), row("2", 3, 4, [0, 0, 1, 1])],
    },
    {
      floor: "2",
      label: "201",
      outline: [],
      rows: [{ ...row("K", 7, 2, 1), numbers: ["15", "17"] }],
    },
  ],
};

test("a seat is called as fans call it", () => {
  expect(seatName("ko", plan, 6)).toBe("플로어 A구역 2열 4번");
  expect(seatName("en", plan, 6)).toBe("Floor A, row 2, seat 4");
  expect(seatName("ja", plan, 6)).toBe("フロア Aブロック 2列 4番");
  expect(seatName("ko", plan, 8)).toBe("2층 201구역 K열 17번");
  expect(seatName("en", plan, 8)).toBe("Level 2 201, row K, seat 17");
  expect(rowSeatName("ko", plan, 0)).toBe("1열 1번");
  expect(sectionName("ko", plan, 1)).toBe("2층 201구역");
});

test("a seat outside the plan has no name, no place and no grade", () => {
  expect(seatName("ko", plan, 9)).toBe("");
  expect(findSeat(plan, 9)).toBeNull();
  expect(gradeOf(plan, 9)).toBeNull();
});

test("every seat is found where it stands", () => {
  expect(findSeat(plan, 2)).toEqual({ section: 0, row: 0, position: 2 });
  expect(findSeat(plan, 3)).toEqual({ section: 0, row: 1, position: 0 });
  expect(findSeat(plan, 7)).toEqual({ section: 1, row: 0, position: 0 });
  expect(gradeOf(plan, 4)?.name).toBe("VIP");
  expect(gradeOf(plan, 5)?.name).toBe("R");
  expect(gradeOf(plan, 7)?.name).toBe("R");
});

test("a grade is called a seat once, whatever language its name is in", () => {
  expect(nameGrade("ko", "VIP")).toBe("VIP석");
  expect(nameGrade("ko", "R석")).toBe("R석");
  expect(nameGrade("ja", "R석")).toBe("R석");
  expect(nameGrade("ja", "S席")).toBe("S席");
  expect(nameGrade("en", "R")).toBe("R");
});
