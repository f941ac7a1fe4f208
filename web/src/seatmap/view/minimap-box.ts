// Where the small map lies on the screen and what a tap on it means.
import type { Box, Point } from "../plan/geometry";
import type { Size, View } from "./viewport";

const SIDE = 84;
// On a smaller map it would take more room than it is worth.
const MAP_LEAST = 260;
const EDGE = 20;
/** The rim of the small map, in pixels around its box. */
export const MINIMAP_RIM = 6;

type Lengths = { width: number; height: number };

/** Nothing on a small map, and while the whole hall is seen anyway. */
export function minimapBox(hall: Lengths, view: View, least: number, size: Size): Box | null {
  if (view.k <= least * 1.25 || Math.min(size.width, size.height) < MAP_LEAST) return null;
  const by = SIDE / Math.max(hall.width, hall.height);
  const bottom = size.height - EDGE;
  return {
    left: EDGE,
    top: bottom - hall.height * by,
    right: EDGE + hall.width * by,
    bottom,
  };
}

/** The place in the plan, or null beside the small map. */
export function minimapPoint(hall: Lengths, at: Box | null, x: number, y: number): Point | null {
  if (!at || x < at.left - MINIMAP_RIM || x > at.right + MINIMAP_RIM) return null;
  if (y < at.top - MINIMAP_RIM || y > at.bottom + MINIMAP_RIM) return null;
  const k = (at.right - at.left) / hall.width;
  return { x: (x - at.left) / k, y: (y - at.top) / k };
}
