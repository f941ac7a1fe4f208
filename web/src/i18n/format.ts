/** Numbers, money, durations and seat names as each language says them. Pure: the language is an argument. */

import type { Language, Plan, RowNumbers } from "#/api/types";

const LOCALES: Record<Language, string> = { ko: "ko-KR", en: "en-US", ja: "ja-JP" };

export function formatNumber(language: Language, value: number): string {
  return new Intl.NumberFormat(LOCALES[language]).format(value);
}

export function formatWon(language: Language, won: number): string {
  const digits = formatNumber(language, won);
  if (language === "ko") return `${digits}원`;
  return language === "ja" ? `${digits}ウォン` : `₩${digits}`;
}

export function formatShare(language: Language, share: number): string {
  return new Intl.NumberFormat(LOCALES[language], {
    style: "percent",
    maximumFractionDigits: share < 0.1 ? 1 : 0,
  }).format(share);
}

const UNITS: Record<Language, { second: string; minute: string }> = {
  ko: { second: "초", minute: "분" },
  en: { second: "s", minute: "min" },
  ja: { second: "秒", minute: "分" },
};

/** A span as one would say it: tenths below ten seconds, minutes above sixty. */
export function formatSpan(language: Language, ms: number): string {
  const { second, minute } = UNITS[language];
  const gap = language === "en" ? " " : "";
  const seconds = Math.abs(ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(seconds < 0.1 ? 2 : 1)}${gap}${second}`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}${gap}${second}`;
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  const head = `${formatNumber(language, minutes)}${gap}${minute}`;
  return rest === 0 || minutes >= 10 ? head : `${head} ${rest}${gap}${second}`;
}

/** Minutes and seconds as a running clock: 6:59. What is over stays at 0:00. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export type SeatPlace = { section: number; row: number; position: number };

/** Seats are numbered by section, row and position, so a seat is found by halving. */
export function findSeat(plan: Plan, seat: number): SeatPlace | null {
  for (const [section, { rows }] of plan.sections.entries()) {
    const first = rows[0]?.first_seat;
    const last = rows.at(-1);
    if (first === undefined || !last || seat < first || seat >= last.first_seat + last.x.length) {
      continue;
    }
    const row = rows.findLastIndex((one) => one.first_seat <= seat);
    return { section, row, position: seat - (rows[row]?.first_seat ?? 0) };
  }
  return null;
}

export function numberAt(numbers: RowNumbers, position: number): string {
  if (Array.isArray(numbers)) return numbers[position] ?? "";
  return String(numbers.from + position);
}

export function sectionName(language: Language, plan: Plan, section: number): string {
  const found = plan.sections[section];
  if (!found) return "";
  const { floor, label } = found;
  const isGround = floor === "F";
  switch (language) {
    case "ko":
      return `${isGround ? "플로어" : `${floor}층`} ${label}구역`;
    case "ja":
      return `${isGround ? "フロア" : `${floor}階`} ${label}ブロック`;
    case "en":
      return isGround ? `Floor ${label}` : `Level ${floor} ${label}`;
  }
}

/** Row and number, for where the section is said beside it. */
export function rowSeatName(language: Language, plan: Plan, seat: number): string {
  const place = findSeat(plan, seat);
  const row = place && plan.sections[place.section]?.rows[place.row];
  if (!place || !row) return "";
  const number = numberAt(row.numbers, place.position);
  switch (language) {
    case "ko":
      return `${row.label}열 ${number}번`;
    case "ja":
      return `${row.label}列 ${number}番`;
    case "en":
      return `row ${row.label}, seat ${number}`;
  }
}

export function seatName(language: Language, plan: Plan, seat: number): string {
  const place = findSeat(plan, seat);
  if (!place) return "";
  const joint = language === "en" ? ", " : " ";
  return sectionName(language, plan, place.section) + joint + rowSeatName(language, plan, seat);
}

export function gradeOf(plan: Plan, seat: number): Plan["grades"][number] | null {
  const place = findSeat(plan, seat);
  const row = place && plan.sections[place.section]?.rows[place.row];
  if (!place || !row) return null;
  const grade = Array.isArray(row.grades) ? row.grades[place.position] : row.grades;
  return plan.grades[grade ?? -1] ?? null;
}
