// Tests of the names of seats and sections without a plan.
import { expect, test } from "vitest";
import { namePlace } from "./places";

test.each([
  ["1-A-2-4", "1층 A구역 2열 4번", "Level 1 A, row 2, seat 4"],
  ["F-12-가-31", "플로어 12구역 가열 31번", "Floor 12, row 가, seat 31"],
  ["2-A", "2층 A구역", "Level 2 A"],
  ["1-A-B-2-4", "1-A-B-2-4", "1-A-B-2-4"],
  ["A-2-4", "A-2-4", "A-2-4"],
])("%s is told as people say it", (place, ko, en) => {
  expect(namePlace("ko", place)).toBe(ko);
  expect(namePlace("en", place)).toBe(en);
});
