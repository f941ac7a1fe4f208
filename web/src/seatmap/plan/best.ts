// "Best available": neighbours as near to the stage as can be had, judged only by what is shown.

import type { GradeFilter } from "./cells";
import { choosableIn } from "./cells";
import { distanceToPolygon } from "./geometry";
import { type Hall, KIND_RESTRICTED, KIND_WHEELCHAIR } from "./plan";

const NEARNESS_HALF_CM = 2_500;
const HEIGHT_FACTOR = 0.94;
const RESTRICTED_FACTOR = 0.6;

/** The same formula as the crowd uses: nearness × facing × height × sight. */
export function qualityOf(hall: Hall, seat: number, level: number): number {
  const x = hall.x[seat] as number;
  const y = hall.y[seat] as number;
  const near = 1 / (1 + distanceToPolygon(hall.stage.outline, x, y) / NEARNESS_HALF_CM);
  const sight = hall.kind[seat] === KIND_RESTRICTED ? RESTRICTED_FACTOR : 1;
  return near * facing(hall, x, y) * HEIGHT_FACTOR ** level * sight;
}

function facing(hall: Hall, x: number, y: number): number {
  if (hall.stage.shape === "round") return 1;
  const dx = x - hall.stage.middle.x;
  const dy = y - hall.stage.middle.y;
  const length = Math.hypot(dx, dy);
  return length === 0 ? 1 : 0.5 + (0.5 * dy) / length;
}

function levelsOf(hall: Hall): number[] {
  const floors: string[] = [];
  return hall.sections.map((section) => {
    if (!floors.includes(section.floor)) floors.push(section.floor);
    return floors.indexOf(section.floor);
  });
}

export type Wish = {
  count: number;
  /** Sections that are shown; null for the whole hall. */
  sections: readonly number[] | null;
  grades: GradeFilter;
};

/**
 * The best run of `count` free neighbours, or null where none is left. Wheelchair places are not
 * given away: who needs one asks for it.
 */
export function bestAvailable(hall: Hall, state: Uint8Array, wish: Wish): number[] | null {
  const levels = levelsOf(hall);
  let best: number[] | null = null;
  let most = -1;
  for (const section of wish.sections ?? hall.sections.keys()) {
    const about = hall.sections[section];
    if (!about) continue;
    const level = levels[section] ?? 0;
    let run: number[] = [];
    for (const seat of choosableIn(hall, state, about.seatFrom, about.seatTo, wish.grades)) {
      if (hall.kind[seat] === KIND_WHEELCHAIR) continue;
      const previous = run.at(-1);
      const joined = previous === seat - 1 && hall.adjacent[previous] === 1;
      run = joined ? [...run.slice(-(wish.count - 1)), seat] : [seat];
      if (wish.count === 1) run = [seat];
      if (run.length < wish.count) continue;
      // The worst of them counts most: friends share the worst view.
      const qualities = run.map((one) => qualityOf(hall, one, level));
      const worth = Math.min(...qualities);
      if (worth > most) [best, most] = [run, worth];
    }
  }
  return best;
}
