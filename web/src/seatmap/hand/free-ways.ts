// Where a key leads when seats that cannot be had are passed over.
import type { Hall } from "../plan/plan";
import { type Move, moveSeat, nearestInRow, rowsDirection } from "./keyboard";

type Wanted = (seat: number) => boolean;

/** The next wanted seat the way a key leads; null where there is none that way. */
export function moveToFree(hall: Hall, seat: number, move: Move, wanted: Wanted): number | null {
  switch (move) {
    case "left":
    case "right":
      return alongRow(hall, seat, move, wanted);
    case "up":
    case "down":
    case "pageUp":
    case "pageDown":
      return acrossRows(hall, seat, move, wanted);
    case "home":
      return fromEnd(hall, seat, "home", "right", wanted);
    case "end":
      return fromEnd(hall, seat, "end", "left", wanted);
    case "first":
      return nextSeat(hall, moveSeat(hall, seat, "last"), 1, wanted);
    case "last":
      return nextSeat(hall, moveSeat(hall, seat, "first"), -1, wanted);
  }
}

function alongRow(hall: Hall, seat: number, way: "left" | "right", wanted: Wanted): number | null {
  for (let at = seat; ; ) {
    const next = moveSeat(hall, at, way);
    if (next === at) return null;
    if (wanted(next)) return next;
    at = next;
  }
}

// The outermost wanted seat of the row: from its end inwards.
function fromEnd(
  hall: Hall,
  seat: number,
  end: "home" | "end",
  inwards: "left" | "right",
  wanted: Wanted,
): number | null {
  const outermost = moveSeat(hall, seat, end);
  return wanted(outermost) ? outermost : alongRow(hall, outermost, inwards, wanted);
}

// The nearest row that way with a wanted seat. A page starts five rows on, and takes a nearer row where
// none of those further on has one.
function acrossRows(
  hall: Hall,
  seat: number,
  move: "up" | "down" | "pageUp" | "pageDown",
  wanted: Wanted,
): number | null {
  const section = hall.sections[hall.section[seat] as number];
  if (!section) return null;
  const isUp = move === "up" || move === "pageUp";
  const step = isUp ? -rowsDirection(hall, section) : rowsDirection(hall, section);
  const own = hall.row[seat] as number;
  const first = hall.row[moveSeat(hall, seat, move)] as number;
  const isInside = (row: number) => row >= section.rowFrom && row < section.rowTo;
  for (let row = first; isInside(row); row += step) {
    const found = row === own ? null : nearestInRow(hall, row, seat, wanted);
    if (found !== null) return found;
  }
  for (let row = first; row !== own; row -= step) {
    const found = nearestInRow(hall, row, seat, wanted);
    if (found !== null) return found;
  }
  return null;
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
