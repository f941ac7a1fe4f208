// Where the focus goes: in a section along seats and rows, in the hall from section to section.
import type { Hall } from "../plan/plan";

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
function rowsDirection(hall: Hall, section: { rowFrom: number; rowTo: number }): 1 | -1 {
  const front = middleOfRow(hall, section.rowFrom);
  const back = middleOfRow(hall, section.rowTo - 1);
  return back < front ? -1 : 1;
}

function middleOfRow(hall: Hall, row: number): number {
  const from = hall.rowStart[row] as number;
  const last = (hall.rowStart[row + 1] as number) - 1;
  return ((hall.y[from] as number) + (hall.y[last] as number)) / 2;
}

// The seat of another row that is nearest: keeps the column where rows differ in length.
function inRow(
  hall: Hall,
  section: { rowFrom: number; rowTo: number },
  wanted: number,
  seat: number,
): number {
  const row = clamp(wanted, section.rowFrom, section.rowTo - 1);
  if (row === hall.row[seat]) return seat;
  let best = seat;
  let least = Infinity;
  for (
    let other = hall.rowStart[row] as number;
    other < (hall.rowStart[row + 1] as number);
    other += 1
  ) {
    const dx = (hall.x[other] as number) - (hall.x[seat] as number);
    const dy = (hall.y[other] as number) - (hall.y[seat] as number);
    const square = dx * dx + dy * dy;
    if (square < least) [best, least] = [other, square];
  }
  return best;
}

/**
 * The next seat for which `wanted` holds, in the order of seats, round to the start of the section.
 */
export function nextSeat(
  hall: Hall,
  seat: number,
  direction: 1 | -1,
  wanted: (seat: number) => boolean,
): number | null {
  const section = hall.sections[hall.section[seat] as number];
  if (!section) return null;
  const count = section.seatTo - section.seatFrom;
  for (let step = 1; step <= count; step += 1) {
    const offset = (seat - section.seatFrom + direction * step + count * 2) % count;
    if (wanted(section.seatFrom + offset)) return section.seatFrom + offset;
  }
  return null;
}

/** Where the focus starts in a section: the free seat nearest to the stage's side of the middle. */
export function firstSeat(
  hall: Hall,
  section: number,
  near: { x: number; y: number } | null,
  wanted: (seat: number) => boolean,
): number {
  const about = hall.sections[section];
  if (!about) return 0;
  const at = near ?? hall.stage.middle;
  let best = about.seatFrom;
  let least = Infinity;
  for (let seat = about.seatFrom; seat < about.seatTo; seat += 1) {
    const away = Math.hypot((hall.x[seat] as number) - at.x, (hall.y[seat] as number) - at.y);
    const cost = wanted(seat) ? away : away + 1e7;
    if (cost < least) [best, least] = [seat, cost];
  }
  return best;
}

/** The nearest section in the direction of an arrow, sideways distance counting double. */
export function moveSection(hall: Hall, section: number, move: Move): number {
  const from = hall.sections[section];
  if (!from) return 0;
  if (move === "home" || move === "first") return 0;
  if (move === "end" || move === "last") return hall.sections.length - 1;
  if (move === "pageUp" || move === "pageDown") return otherFloor(hall, section, move);
  let best = section;
  let least = Infinity;
  for (const [index, other] of hall.sections.entries()) {
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

function otherFloor(hall: Hall, section: number, move: "pageUp" | "pageDown"): number {
  const step = move === "pageUp" ? -1 : 1;
  const floor = hall.sections[section]?.floor;
  for (let i = section + step; i >= 0 && i < hall.sections.length; i += step) {
    if (hall.sections[i]?.floor !== floor) return i;
  }
  return step === -1 ? 0 : hall.sections.length - 1;
}

/**
 * In the row nearest the stage, where the best seats of a section are: its middle, or its seat
 * nearest to a place.
 */
export function frontOf(
  hall: Hall,
  section: number,
  near: { x: number; y: number } | null = null,
): { x: number; y: number } {
  const row = hall.sections[section]?.rowFrom ?? 0;
  const from = hall.rowStart[row] as number;
  const to = hall.rowStart[row + 1] as number;
  const middle = (from + to - 1) >> 1;
  if (!near) return { x: hall.x[middle] as number, y: hall.y[middle] as number };
  let best = middle;
  let least = Infinity;
  for (let seat = from; seat < to; seat += 1) {
    const away = Math.hypot((hall.x[seat] as number) - near.x, (hall.y[seat] as number) - near.y);
    if (away < least) [best, least] = [seat, away];
  }
  return { x: hall.x[best] as number, y: hall.y[best] as number };
}
