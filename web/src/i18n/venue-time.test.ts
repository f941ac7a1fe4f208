// Tests of days and times at a venue.
import { expect, test } from "vitest";
import { msOfDay } from "#/platform/days";
import {
  dayIn,
  formatAt,
  formatDate,
  formatDays,
  formatMonth,
  isSameClock,
  weekdays,
} from "./venue-time";

/** What is said, with spaces of one kind. */
const plain = (text: string) => text.replaceAll("\u00a0", " ");

/** In Seoul 2026-12-03 20:00, a Thursday. */
const HOUR = 3_600_000;
const EVENING = msOfDay("2026-12-03") + 11 * HOUR;
/** Just before and at midnight in Seoul. */
const MIDNIGHT = msOfDay("2026-12-03") + 15 * HOUR;
const LATE = MIDNIGHT - 1_000;

test("a day is that of the people at the venue", () => {
  expect(dayIn(LATE, "Asia/Seoul")).toBe("2026-12-03");
  expect(dayIn(MIDNIGHT, "Asia/Seoul")).toBe("2026-12-04");
  expect(dayIn(MIDNIGHT, "America/New_York")).toBe("2026-12-03");
  expect(dayIn(msOfDay("2026-12-31") + 23 * HOUR, "Asia/Seoul")).toBe("2027-01-01");
});

test("a zone that this browser does not know is taken for Seoul's", () => {
  expect(dayIn(MIDNIGHT, "Asia/Nowhere")).toBe("2026-12-04");
});

test("O29: day and time are said whole, as each language says them", () => {
  const at = (language: "ko" | "en" | "ja") =>
    plain(formatAt(language, EVENING, "Asia/Seoul", EVENING));
  expect(at("ko")).toBe("12월 3일 (목) 20:00");
  expect(at("ja")).toBe("12月3日(木) 20:00");
  expect(at("en")).toBe("Thu 3 Dec 20:00");
});

test("a year is said where it is another one", () => {
  expect(plain(formatDate("ko", "2026-12-03", "2026-11-29"))).toBe("12월 3일 (목)");
  expect(plain(formatDate("ko", "2027-01-02", "2026-12-29"))).toBe("2027년 1월 2일 (토)");
});

test("one day is one day, and several are from the first to the last", () => {
  expect(plain(formatDays("ko", "2026-12-03", "2026-12-03", "2026-12-01"))).toBe("12월 3일 (목)");
  expect(plain(formatDays("ko", "2026-12-03", "2026-12-05", "2026-12-01"))).toBe(
    "12월 3일 (목) – 12월 5일 (토)",
  );
});

test("two clocks are the same where they show the same, whatever their zones are called", () => {
  expect(isSameClock(EVENING, "Asia/Seoul", "Asia/Tokyo")).toBe(true);
  expect(isSameClock(EVENING, "Asia/Seoul", "Asia/Shanghai")).toBe(false);
  // In summer London is an hour off Greenwich, in winter it is not.
  expect(isSameClock(EVENING, "Europe/London", "UTC")).toBe(true);
  expect(isSameClock(msOfDay("2026-07-01"), "Europe/London", "UTC")).toBe(false);
});

test("a month and a week from Sunday on", () => {
  expect(formatMonth("ko", "2026-12")).toBe("2026년 12월");
  expect(weekdays("ko").map(({ short }) => short)).toEqual([..."일월화수목금토"]);
  expect(weekdays("en")[0]).toEqual({ short: "Sun", long: "Sunday" });
});
