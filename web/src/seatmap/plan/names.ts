// What the map calls its seats, rows, sections and grades.
import type { Language } from "#/api/types";
import { formatNumber, formatWon } from "#/i18n/format";
import {
  nameFloorShort,
  nameGrade,
  nameRow,
  nameSeat,
  nameSection,
  nameSectionShort,
} from "#/i18n/seats";
import { m } from "#/paraglide/messages";
import { type Hall, KIND_RESTRICTED, KIND_WHEELCHAIR } from "./plan";

/** How a seat stands for the one who looks at it. */
export type Status = "free" | "mine" | "held" | "sold";

const STATUS_WORDS = {
  free: m.seat_state_free,
  mine: m.seat_state_mine,
  held: m.seat_state_held,
  sold: m.seat_state_sold,
} as const;

export function sectionName(hall: Hall, section: number, language: Language): string {
  const about = hall.sections[section];
  return about ? nameSection(language, about.floor, about.label) : "";
}

/** For the drawing: "1층 A", or "A" where the hall has one floor. */
export function sectionShortName(hall: Hall, section: number, language: Language): string {
  const about = hall.sections[section];
  if (!about) return "";
  return hall.isFloorNamed ? nameSectionShort(language, about.floor, about.label) : about.label;
}

export function floorShortName(hall: Hall, section: number, language: Language): string {
  return nameFloorShort(language, hall.sections[section]?.floor ?? "");
}

export function rowName(hall: Hall, row: number, language: Language): string {
  return nameRow(language, hall.rowLabels[row] ?? "");
}

/** "플로어 A구역 2열 4번". */
export function seatName(hall: Hall, seat: number, language: Language): string {
  const section = hall.sections[hall.section[seat] ?? 0];
  return nameSeat(language, {
    floor: section?.floor ?? "",
    label: section?.label ?? "",
    row: hall.rowLabels[hall.row[seat] ?? 0] ?? "",
    number: hall.numbers[seat] ?? "",
  });
}

export function gradeName(hall: Hall, grade: number, language: Language): string {
  return nameGrade(language, hall.grades[grade]?.name ?? "");
}

/** "플로어 A구역 2열 4번, VIP석, 165,000원, 선택 가능". */
export function seatLabel(hall: Hall, seat: number, status: Status, language: Language): string {
  const by = { locale: language };
  const grade = hall.grade[seat] ?? 0;
  const parts = [seatName(hall, seat, language), gradeName(hall, grade, language)];
  // A plan from a file has no prices: nothing is said rather than "0 won".
  const price = hall.grades[grade]?.priceWon ?? 0;
  if (price > 0) parts.push(formatWon(language, price));
  if (hall.kind[seat] === KIND_WHEELCHAIR) parts.push(m.seat_wheelchair({}, by));
  if (hall.kind[seat] === KIND_RESTRICTED) parts.push(m.seat_restricted({}, by));
  parts.push(STATUS_WORDS[status]({}, by));
  return parts.join(", ");
}

/** "플로어 A구역, 남은 좌석 1,234석". */
export function sectionLabel(
  hall: Hall,
  section: number,
  free: number,
  language: Language,
): string {
  return `${sectionName(hall, section, language)}, ${leftWords(free, language)}`;
}

/** "남은 좌석 1,234석", or that none is left. */
export function leftWords(free: number, language: Language): string {
  const by = { locale: language };
  if (free === 0) return m.map_none_left({}, by);
  return m.map_left({ count: formatNumber(language, free) }, by);
}
