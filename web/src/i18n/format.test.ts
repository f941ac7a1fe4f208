// Tests of numbers, money and durations.
import { expect, test } from "vitest";
import { formatClock, formatShare, formatSpan, formatWon } from "./format";

test("money", () => {
  expect(formatWon("ko", 308_000)).toBe("308,000원");
  expect(formatWon("en", 308_000)).toBe("₩308,000");
});

test("shares", () => {
  expect(formatShare("ko", 0.423)).toBe("42%");
  expect(formatShare("ko", 0.023)).toBe("2.3%");
});

test.each([
  [40, "0.04초", "0.04 s"],
  [2_100, "2.1초", "2.1 s"],
  [-2_100, "2.1초", "2.1 s"],
  [42_400, "42초", "42 s"],
  [65_000, "1분 5초", "1 min 5 s"],
  [120_000, "2분", "2 min"],
  [725_000, "12분", "12 min"],
])("%d ms", (ms, ko, en) => {
  expect(formatSpan("ko", ms)).toBe(ko);
  expect(formatSpan("en", ms)).toBe(en);
});

test("a clock never runs below zero", () => {
  expect(formatClock(419_001)).toBe("7:00");
  expect(formatClock(59_000)).toBe("0:59");
  expect(formatClock(-12_000)).toBe("0:00");
});
