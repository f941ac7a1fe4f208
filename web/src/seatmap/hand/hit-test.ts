// Which seat or section a tap means.
import { type Box, boxHas, grown, insidePolygon, type Point } from "../plan/geometry";
import type { Hall } from "../plan/plan";
import { SEAT_DRAWN_MIN, SEAT_SHARE, toPlan, type View } from "../view/viewport";

// Of the half pitch: a tap in the slit between two seats means neither of them.
const REACH = 0.97;
// Between rows there is more room than between neighbours, and a thumb may use it.
const REACH_PIXELS_LEAST = 12;

/** What a tap means. A gap lies between the seats of a section that are large enough to be meant. */
export type Tap =
  | { kind: "seat"; seat: number }
  | { kind: "gap" | "section"; section: number; at: Point }
  | { kind: "nothing" };

/** The nearest seat whose own half pitch reaches the point; null in the slits and aisles. */
export function seatAt(hall: Hall, x: number, y: number): number | null {
  let found: number | null = null;
  let best = Infinity;
  for (const section of hall.sections) {
    if (!boxHas(grown(section.box, section.pitch), x, y)) continue;
    const reach = (section.pitch / 2) * REACH;
    for (let seat = section.seatFrom; seat < section.seatTo; seat += 1) {
      const dx = (hall.x[seat] as number) - x;
      const dy = (hall.y[seat] as number) - y;
      const square = dx * dx + dy * dy;
      if (square < best && square <= reach * reach) [found, best] = [seat, square];
    }
  }
  return found;
}

/**
 * Upper floors are drawn behind lower ones, so the first outline that contains the point is on top.
 * A finger beside a small section gets the nearest one within `slack`.
 */
export function sectionAt(hall: Hall, x: number, y: number, slack = 0): number | null {
  for (const [index, section] of hall.sections.entries()) {
    if (insidePolygon(section.outline, x, y)) return index;
  }
  let found: number | null = null;
  let best = slack;
  for (const [index, section] of hall.sections.entries()) {
    const away = distanceToBox(grown(section.box, section.pitch / 2), x, y);
    if (away < best) [found, best] = [index, away];
  }
  return found;
}

function distanceToBox(box: Box, x: number, y: number): number {
  const dx = Math.max(box.left - x, 0, x - box.right);
  const dy = Math.max(box.top - y, 0, y - box.bottom);
  return Math.hypot(dx, dy);
}

// How wide the seats of a section are on screen.
function drawnSize(hall: Hall, section: number, view: View): number {
  return (hall.sections[section]?.pitch ?? hall.pitch) * view.k * SEAT_SHARE;
}

/**
 * What a tap means is what is drawn under it, whichever section is open: the seat or the gap, where seats are
 * drawn large enough to be meant (`seatLeast` pixels wide; a finger needs more than a mouse), else the section.
 */
export function resolveTap(hall: Hall, view: View, sx: number, sy: number, seatLeast: number): Tap {
  const { x, y } = toPlan(view, { x: sx, y: sy });
  const seat = seatAt(hall, x, y);
  const section = sectionAt(hall, x, y, REACH_PIXELS_LEAST / view.k);
  const within = seat === null ? section : (hall.section[seat] as number);
  if (within === null) return { kind: "nothing" };
  // A hundredth of slack: a view that was zoomed to exactly this size must pass.
  const isLarge = drawnSize(hall, within, view) >= Math.max(SEAT_DRAWN_MIN, seatLeast) - 0.01;
  if (isLarge && seat !== null) return { kind: "seat", seat };
  return { kind: isLarge ? "gap" : "section", section: within, at: { x, y } };
}
