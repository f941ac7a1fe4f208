// Where the focus goes: in a section along seats and rows, in the hall from section to section.
import type { Hall, SectionInfo } from "../plan/plan";

/** Where a key leads. */
export type Move =
  | "left"
  | "right"
  | "up"
  | "down"
  | "home"
  | "end"
  | "pageUp"
  | "pageDown"
  | "first"
  | "last";

const PAGE_ROWS = 5;

/** What a key means; null for other keys. */
export function moveOf(key: string, control: boolean): Move | null {
  switch (key) {
    case "ArrowLeft":
      return "left";
    case "ArrowRight":
      return "right";
    case "ArrowUp":
      return "up";
    case "ArrowDown":
      return "down";
    case "Home":
      return control ? "first" : "home";
    case "End":
      return control ? "last" : "end";
    case "PageUp":
      return "pageUp";
    case "PageDown":
      return "pageDown";
    default:
      return null;
  }
}

/** Left and right are as drawn: rows on the far side of the stage run the other way on screen. */
export function moveSeat(hall: Hall, seat: number, move: Move): number {
  const row = hall.row[seat] as number;
  const section = hall.sections[hall.section[seat] as number];
  const from = hall.rowStart[row] as number;
  const last = (hall.rowStart[row + 1] as number) - 1;
  if (!section) return seat;
  switch (move) {
    case "left":
      return clamp(seat - rowDirection(hall, row), from, last);
    case "right":
      return clamp(seat + rowDirection(hall, row), from, last);
    case "home":
      return rowDirection(hall, row) === 1 ? from : last;
    case "end":
      return rowDirection(hall, row) === 1 ? last : from;
    case "up":
      return inRow(hall, section, row - rowsDirection(hall, section), seat);
    case "down":
      return inRow(hall, section, row + rowsDirection(hall, section), seat);
    case "pageUp":
      return inRow(hall, section, row - PAGE_ROWS * rowsDirection(hall, section), seat);
    case "pageDown":
      return inRow(hall, section, row + PAGE_ROWS * rowsDirection(hall, section), seat);
    case "first":
      return section.seatFrom;
    default:
      return section.seatTo - 1;
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function rowDirection(hall: Hall, row: number): 1 | -1 {
  const from = hall.rowStart[row] as number;
  const last = (hall.rowStart[row + 1] as number) - 1;
  return (hall.x[last] as number) >= (hall.x[from] as number) ? 1 : -1;
}

// Whether the next row lies below on the screen. A block beside the stage counts as before it.
export function rowsDirection(hall: Hall, section: { rowFrom: number; rowTo: number }): 1 | -1 {
  const front = middleOfRow(hall, section.rowFrom);
  const back = middleOfRow(hall, section.rowTo - 1);
  return back < front ? -1 : 1;
}

function middleOfRow(hall: Hall, row: number): number {
  const from = hall.rowStart[row] as number;
  const last = (hall.rowStart[row + 1] as number) - 1;
  return ((hall.y[from] as number) + (hall.y[last] as number)) / 2;
}

function inRow(
  hall: Hall,
  section: { rowFrom: number; rowTo: number },
  wanted: number,
  seat: number,
): number {
  const row = clamp(wanted, section.rowFrom, section.rowTo - 1);
  if (row === hall.row[seat]) return seat;
  return nearestInRow(hall, row, seat, () => true) ?? seat;
}

/**
 * The wanted seat of another row that is nearest: keeps the column where rows differ in length. Null
 * where the row has none.
 */
export function nearestInRow(
  hall: Hall,
  row: number,
  seat: number,
  wanted: (seat: number) => boolean,
): number | null {
  let best: number | null = null;
  let least = Infinity;
  for (
    let other = hall.rowStart[row] as number;
    other < (hall.rowStart[row + 1] as number);
    other += 1
  ) {
    if (!wanted(other)) continue;
    const dx = (hall.x[other] as number) - (hall.x[seat] as number);
    const dy = (hall.y[other] as number) - (hall.y[seat] as number);
    const square = dx * dx + dy * dy;
    if (square < least) [best, least] = [other, square];
  }
  return best;
}

/**
 * The nearest section in the direction of an arrow, sideways distance counting double. Sections that
 * are not wanted are passed over; where no other is wanted, the same one is returned.
 */
export function moveSection(
  hall: Hall,
  section: number,
  move: Move,
  wanted: (section: number) => boolean = () => true,
): number {
  const from = hall.sections[section];
  if (!from) return 0;
  const all = Array.from(hall.sections.keys()).filter(wanted);
  if (move === "home" || move === "first") return all[0] ?? section;
  if (move === "end" || move === "last") return all.at(-1) ?? section;
  if (move === "pageUp" || move === "pageDown") return otherFloor(hall, section, move, wanted);
  let best = section;
  let least = Infinity;
  for (const index of all) {
    const other = hall.sections[index] as SectionInfo;
    const dx = other.middle.x - from.middle.x;
    const dy = other.middle.y - from.middle.y;
    const across = move === "left" || move === "right";
    const along = across ? dx : dy;
    const aside = Math.abs(across ? dy : dx);
    const forward = move === "left" || move === "up" ? -along : along;
    if (index === section || forward <= 1 || aside > forward * 2) continue;
    const cost = forward + aside * 2;
    if (cost < least) [best, least] = [index, cost];
  }
  return best;
}

// The nearest section of another floor in the order of the plan, else the last one wanted that way.
function otherFloor(
  hall: Hall,
  section: number,
  move: "pageUp" | "pageDown",
  wanted: (section: number) => boolean,
): number {
  const step = move === "pageUp" ? -1 : 1;
  const floor = hall.sections[section]?.floor;
  let last = section;
  for (let i = section + step; i >= 0 && i < hall.sections.length; i += step) {
    if (!wanted(i)) continue;
    last = i;
    if (hall.sections[i]?.floor !== floor) return i;
  }
  return last;
}
