// What a seat is called, on screen and aloud.
import { type Hall, KIND_RESTRICTED, KIND_WHEELCHAIR } from "./plan";
import { type Locale, WORDS } from "./words";

export type Status = "free" | "mine" | "held" | "sold";

export function floorName(floor: string, locale: Locale): string {
  const words = WORDS[locale];
  if (floor === "F") return words.groundFloor;
  return /^\d+$/.test(floor) ? words.floor(floor) : floor;
}

// "플로어 A구역", "Floor A", "フロア A ブロック".
export function sectionName(hall: Hall, section: number, locale: Locale): string {
  const about = hall.sections[section];
  if (!about) return "";
  return WORDS[locale].section(floorName(about.floor, locale), about.label);
}

export function rowName(hall: Hall, row: number, locale: Locale): string {
  return WORDS[locale].row(hall.rowLabels[row] ?? "");
}

export function seatNumberName(hall: Hall, seat: number, locale: Locale): string {
  return WORDS[locale].seat(hall.numbers[seat] ?? "");
}

// "플로어 A구역 2열 4번".
export function seatName(hall: Hall, seat: number, locale: Locale): string {
  const words = WORDS[locale];
  return [
    sectionName(hall, hall.section[seat] ?? 0, locale),
    rowName(hall, hall.row[seat] ?? 0, locale),
    seatNumberName(hall, seat, locale),
  ].join(words.joint);
}

export function won(amount: number, locale: Locale): string {
  const digits = String(amount).replace(/\B(?=(\d{3})+$)/g, ",");
  return WORDS[locale].won(digits);
}

export function count(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, ",");
}

export function gradeName(hall: Hall, grade: number, locale: Locale): string {
  return WORDS[locale].grade(hall.grades[grade]?.name ?? "");
}

// "플로어 A구역 2열 4번, VIP석, 165,000원, 선택 가능".
export function seatLabel(hall: Hall, seat: number, status: Status, locale: Locale): string {
  const words = WORDS[locale];
  const grade = hall.grade[seat] ?? 0;
  const parts = [seatName(hall, seat, locale), gradeName(hall, grade, locale)];
  // A plan from a file has no prices: nothing is said rather than "0 won".
  const price = hall.grades[grade]?.priceWon ?? 0;
  if (price > 0) parts.push(won(price, locale));
  if (hall.kind[seat] === KIND_WHEELCHAIR) parts.push(words.wheelchair);
  if (hall.kind[seat] === KIND_RESTRICTED) parts.push(words.restricted);
  parts.push(words.status[status]);
  return parts.join(", ");
}

export function sectionLabel(hall: Hall, section: number, free: number, locale: Locale): string {
  const words = WORDS[locale];
  const name = sectionName(hall, section, locale);
  return `${name}, ${free === 0 ? words.none : words.left(count(free))}`;
}
