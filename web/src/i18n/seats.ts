// What seats and sections are called, on screen and aloud. Pure: the language is an argument.
import type { Language, Plan, PlanGrade, RowNumbers } from "#/api/types";
import { m } from "#/paraglide/messages";

/** All that the name of a seat is made of. */
export type SeatAddress = { floor: string; label: string; row: string; number: string };

/** "플로어", "Level 2". Floors of imported plans keep their own name. */
export function nameFloor(language: Language, floor: string): string {
  const by = { locale: language };
  if (floor === "F") return m.seat_floor_ground({}, by);
  return /^\d+$/.test(floor) ? m.seat_floor({ floor }, by) : floor;
}

/** "1층", "L1": for the drawing, where room is scarce. */
export function nameFloorShort(language: Language, floor: string): string {
  const by = { locale: language };
  if (floor === "F") return m.seat_floor_ground_short({}, by);
  return /^\d+$/.test(floor) ? m.seat_floor_short({ floor }, by) : floor;
}

/** "1층 A", "L1 A". */
export function nameSectionShort(language: Language, floor: string, label: string): string {
  const short = nameFloorShort(language, floor);
  return m.seat_section_short({ floor: short, label }, { locale: language });
}

/** "플로어 A구역", "Floor A". */
export function nameSection(language: Language, floor: string, label: string): string {
  return m.seat_section({ floor: nameFloor(language, floor), label }, { locale: language });
}

export function nameRow(language: Language, row: string): string {
  return m.seat_row({ row }, { locale: language });
}

/** "2열 4번", "row 2, seat 4": for where the section is said beside it. */
function nameInRow(language: Language, row: string, number: string): string {
  const by = { locale: language };
  const seat = m.seat_number({ number }, by);
  return m.seat_in_row({ row: nameRow(language, row), number: seat }, by);
}

/** "플로어 A구역 2열 4번", "Floor A, row 2, seat 4". */
export function nameSeat(language: Language, { floor, label, row, number }: SeatAddress): string {
  const section = nameSection(language, floor, label);
  const seat = nameInRow(language, row, number);
  return m.seat_in_section({ section, seat }, { locale: language });
}

/** "VIP석". A name that says already that it is a seat, in whichever language, is left as it is. */
export function nameGrade(language: Language, grade: string): string {
  return /[석席]$/.test(grade) ? grade : m.seat_grade({ grade }, { locale: language });
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

function addressOf(plan: Plan, seat: number): SeatAddress | null {
  const place = findSeat(plan, seat);
  const section = place && plan.sections[place.section];
  const row = place && section?.rows[place.row];
  if (!section || !row) return null;
  const { floor, label } = section;
  return { floor, label, row: row.label, number: numberAt(row.numbers, place.position) };
}

function numberAt(numbers: RowNumbers, position: number): string {
  if (Array.isArray(numbers)) return numbers[position] ?? "";
  return String(numbers.from + position);
}

export function sectionName(language: Language, plan: Plan, section: number): string {
  const found = plan.sections[section];
  return found ? nameSection(language, found.floor, found.label) : "";
}

export function rowSeatName(language: Language, plan: Plan, seat: number): string {
  const address = addressOf(plan, seat);
  return address ? nameInRow(language, address.row, address.number) : "";
}

/** Empty for a seat that the plan does not have. */
export function seatName(language: Language, plan: Plan, seat: number): string {
  const address = addressOf(plan, seat);
  return address ? nameSeat(language, address) : "";
}

export function gradeOf(plan: Plan, seat: number): PlanGrade | null {
  const place = findSeat(plan, seat);
  const row = place && plan.sections[place.section]?.rows[place.row];
  if (!place || !row) return null;
  const grade = Array.isArray(row.grades) ? row.grades[place.position] : row.grades;
  return plan.grades[grade ?? -1] ?? null;
}
