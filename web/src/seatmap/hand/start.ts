// Where one begins in a section: the camera and the keyboard go there together.
import type { Point } from "../plan/geometry";
import type { Hall } from "../plan/plan";

// A single free seat must be this much nearer, in plan centimetres, than two beside each other: about four
// rows. Most people come for two.
const ALONE_CM = 400;
// More than any hall is wide.
const TAKEN_CM = 1e7;

/**
 * The wanted seat nearest to the front of a section, or to the front below a place that was tapped; a
 * seat of the front where none is wanted.
 */
export function startSeat(
  hall: Hall,
  section: number,
  tapped: Point | null,
  wanted: (seat: number) => boolean,
): number {
  const about = hall.sections[section];
  if (!about) return 0;
  const front = frontOf(hall, section, tapped);
  const isPair = (seat: number): boolean => hall.adjacent[seat] === 1 && wanted(seat + 1);
  let best = about.seatFrom;
  let least = Infinity;
  let isAfterWanted = false;
  for (let seat = about.seatFrom; seat < about.seatTo; seat += 1) {
    const isWanted = wanted(seat);
    const isBeside = (isAfterWanted && hall.adjacent[seat - 1] === 1) || isPair(seat);
    const extra = isWanted ? (isBeside ? 0 : ALONE_CM) : TAKEN_CM;
    const cost = distanceTo(hall, seat, front) + extra;
    if (cost < least) [best, least] = [seat, cost];
    isAfterWanted = isWanted;
  }
  return best;
}

/**
 * In the row nearest the stage, where the best seats of a section are: its middle, or its seat
 * nearest to a place.
 */
export function frontOf(hall: Hall, section: number, near: Point | null = null): Point {
  const row = hall.sections[section]?.rowFrom ?? 0;
  const from = hall.rowStart[row] as number;
  const to = hall.rowStart[row + 1] as number;
  let best = (from + to - 1) >> 1;
  if (!near) return placeOf(hall, best);
  let least = Infinity;
  for (let seat = from; seat < to; seat += 1) {
    const away = distanceTo(hall, seat, near);
    if (away < least) [best, least] = [seat, away];
  }
  return placeOf(hall, best);
}

/** Where a seat is in the plan. */
export function placeOf(hall: Hall, seat: number): Point {
  return { x: hall.x[seat] as number, y: hall.y[seat] as number };
}

function distanceTo(hall: Hall, seat: number, at: Point): number {
  return Math.hypot((hall.x[seat] as number) - at.x, (hall.y[seat] as number) - at.y);
}
