// Tests of numbers, money and durations.
import { expect, test } from "vitest";
import type { Language } from "#/api/types";
import {
  formatClock,
  formatCount,
  formatDelay,
  formatNumber,
  formatSeconds,
  formatShare,
  formatSpan,
  formatWon,
} from "./format";

const LANGUAGES: readonly Language[] = ["ko", "en", "ja"];
const BROKEN = [Number.NaN, Infinity, -Infinity, -0, -1, -12_000, 1e300, 5e-324];

test("money", () => {
  expect(formatWon("ko", 308_000)).toBe("308,000원");
  expect(formatWon("en", 308_000)).toBe("₩308,000");
});

test.each([
  [0.423, "42%"],
  [0.023, "2.3%"],
  [0, "0%"],
  [1, "100%"],
  [0.000_01, "0.1%"],
  [0.999_99, "99.9%"],
  [1.2, "100%"],
  [-0.1, "0%"],
])("a share of %d is %s", (share, said) => {
  expect(formatShare("ko", share)).toBe(said);
});

test.each([
  [0, "0초", "0 s"],
  [4, "0.004초", "0.004 s"],
  [40, "0.04초", "0.04 s"],
  [2_100, "2.1초", "2.1 s"],
  [-2_100, "2.1초", "2.1 s"],
  [9_960, "10초", "10 s"],
  [42_400, "42초", "42 s"],
  [59_600, "1분", "1 min"],
  [65_000, "1분 5초", "1 min 5 s"],
  [120_000, "2분", "2 min"],
  [725_000, "12분", "12 min"],
  [3_599_000, "1시간", "1 h"],
  [5_400_000, "1시간 30분", "1 h 30 min"],
  [200_000_000, "2일", "2 days"],
  [1e15, "99+일", "99+ days"],
])("%d ms", (ms, ko, en) => {
  expect(formatSpan("ko", ms)).toBe(ko);
  expect(formatSpan("en", ms)).toBe(en);
});

test.each([
  [0.2, "1ms"],
  [84.4, "84ms"],
  [1_240, "1.2초"],
  [184_059, "느림"],
  [-3, "느림"],
  [Number.NaN, "느림"],
])("a delay of %d ms is said as %s", (ms, said) => {
  expect(formatDelay("ko", ms)).toBe(said);
});

test("a clock never runs below zero", () => {
  expect(formatClock(419_001)).toBe("7:00");
  expect(formatClock(59_000)).toBe("0:59");
  expect(formatClock(-12_000)).toBe("0:00");
  expect(formatClock(3_661_000)).toBe("1:01:01");
  expect(formatClock(Number.NaN)).toBe("0:00");
});

test("a running count has its tenth apart", () => {
  expect(formatCount(2_340)).toEqual({ whole: "2", tenth: "3" });
  expect(formatCount(65_900)).toEqual({ whole: "1:05", tenth: "9" });
  expect(formatCount(-5)).toEqual({ whole: "0", tenth: "0" });
});

/** Spans of every size: from a tenth of a millisecond to years, densest where units change. */
function spans(): number[] {
  const near = [1, 60, 600, 3_600, 86_400, 172_800].flatMap((seconds) =>
    Array.from({ length: 400 }, (_, step) => seconds * 1000 + (step - 200) * 7),
  );
  const wide = Array.from({ length: 3_000 }, (_, step) => 0.1 * 1.01 ** step);
  return [...near, ...wide, ...BROKEN];
}

test("no span names as many seconds as make a minute, or as many minutes as make an hour", () => {
  const parts = /(\d+(?:\.\d+)?)\s?(초|분|s|min|秒|分)(?![a-z])/g;
  const wrong: string[] = [];
  for (const ms of spans()) {
    for (const language of LANGUAGES) {
      for (const said of [formatSpan(language, ms), formatSeconds(language, ms / 1000)]) {
        for (const [, count] of said.matchAll(parts)) if (Number(count) >= 60) wrong.push(said);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test("nothing that is shown is empty, negative or no number, whatever it is made of", () => {
  const broken: [number, string][] = [];
  const wrong = /NaN|Infinity|undefined|e[+-]\d|[-−]\d|^\s*$/;
  for (const value of spans()) {
    for (const language of LANGUAGES) {
      const all = [
        formatNumber(language, value),
        formatWon(language, value),
        formatShare(language, value),
        formatSpan(language, value),
        formatSeconds(language, value),
        formatDelay(language, value),
        formatClock(value),
        formatCount(value).whole,
      ];
      for (const said of all) if (wrong.test(said)) broken.push([value, said]);
    }
  }
  expect(broken).toEqual([]);
});
