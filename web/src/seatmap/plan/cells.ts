// What state each seat is in, and how many are free by section and by grade, kept up by difference.
import type { Hall } from "./plan";

export const FREE = 0;
export const HELD = 1;
export const SOLD = 2;

/** States by seat, and counts that follow them. */
export type Cells = {
  state: Uint8Array;
  freeInSection: Uint32Array;
  freeInGrade: Uint32Array;
  /** By section × grades: what the grade filter leaves of a section. */
  freeInBoth: Uint32Array;
  free: number;
};

/** A seat whose state has changed. */
export type Change = { seat: number; from: number; to: number };

/** All seats free. */
export function createCells(hall: Hall): Cells {
  const cells: Cells = {
    state: new Uint8Array(hall.seats),
    freeInSection: new Uint32Array(hall.sections.length),
    freeInGrade: new Uint32Array(hall.grades.length),
    freeInBoth: new Uint32Array(hall.sections.length * hall.grades.length),
    free: 0,
  };
  for (let seat = 0; seat < hall.seats; seat += 1) count(hall, cells, seat, 1);
  return cells;
}

/**
 * Takes over the states and says what changed. `states` is one byte a seat, or four seats a byte
 * with the first in the lowest bits, as in the frame of the feed.
 */
export function updateCells(hall: Hall, cells: Cells, states: Uint8Array): Change[] {
  const packed = states.length !== hall.seats;
  if (packed && states.length !== Math.ceil(hall.seats / 4)) {
    throw new RangeError(`${states.length} bytes of states for ${hall.seats} seats`);
  }
  const changes: Change[] = [];
  for (let seat = 0; seat < hall.seats; seat += 1) {
    const to = packed
      ? ((states[seat >> 2] as number) >> ((seat & 3) << 1)) & 3
      : (states[seat] as number) & 3;
    const from = cells.state[seat] as number;
    if (from === to) continue;
    cells.state[seat] = to;
    if (from === FREE) count(hall, cells, seat, -1);
    if (to === FREE) count(hall, cells, seat, 1);
    changes.push({ seat, from, to });
  }
  return changes;
}

function count(hall: Hall, cells: Cells, seat: number, by: 1 | -1): void {
  const section = hall.section[seat] as number;
  const grade = hall.grade[seat] as number;
  const both = section * hall.grades.length + grade;
  cells.freeInSection[section] = (cells.freeInSection[section] as number) + by;
  cells.freeInGrade[grade] = (cells.freeInGrade[grade] as number) + by;
  cells.freeInBoth[both] = (cells.freeInBoth[both] as number) + by;
  cells.free += by;
}

/** The grades that are shown; null for all. */
export type GradeFilter = ReadonlySet<number> | null;

/** Free seats of a section under the filter. */
export function freeOf(hall: Hall, cells: Cells, section: number, grades: GradeFilter): number {
  if (!grades) return cells.freeInSection[section] as number;
  let free = 0;
  for (const grade of grades) free += cells.freeInBoth[section * hall.grades.length + grade] ?? 0;
  return free;
}

/** Whether a click may choose it: free, and not filtered away. */
export function isChoosable(hall: Hall, cells: Cells, seat: number, grades: GradeFilter): boolean {
  return cells.state[seat] === FREE && (!grades || grades.has(hall.grade[seat] as number));
}

/**
 * The grade with most free seats in a section; of a sold-out one the grade most of its seats have.
 */
export function gradeShown(hall: Hall, cells: Cells, section: number): number {
  const base = section * hall.grades.length;
  let best = -1;
  let most = 0;
  for (let grade = 0; grade < hall.grades.length; grade += 1) {
    const free = cells.freeInBoth[base + grade] as number;
    if (free > most) [best, most] = [grade, free];
  }
  return best === -1 ? (hall.sections[section]?.grade ?? 0) : best;
}

/** The free seats under the filter from one seat up to another. */
export function choosableIn(
  hall: Hall,
  state: Uint8Array,
  from: number,
  to: number,
  grades: GradeFilter,
): number[] {
  const seats: number[] = [];
  for (let seat = from; seat < to; seat += 1) {
    if (state[seat] !== 0) continue;
    if (grades && !grades.has(hall.grade[seat] as number)) continue;
    seats.push(seat);
  }
  return seats;
}
