// The part of the map that nothing lies over: every move of the camera that aims at a place puts it there.
import { type Box, boxHas, grown, type Point } from "../plan/geometry";
import { type Insets, type Size, toScreen, type View } from "./viewport";

/** What takes room from the map, in CSS pixels of the map. */
export type SafeArea = {
  size: Size;
  /** At the edges. */
  insets: Insets;
  /** Anywhere: the buttons for zooming, the small map, whatever floats over it. */
  covers: readonly Box[];
};

// What is aimed at stays this far from an edge, so that its neighbours are seen too.
const EDGE_PIXELS = 40;
// In a low map less: a quarter of it at each side leaves half.
const EDGE_SHARE = 0.25;
// From a cover: the radius of a large seat with the ring of the focus.
const COVER_PIXELS = 24;

/** The view after the least movement that brings a place into the safe area; the same one if it is there. */
export function reveal(view: View, place: Point, area: SafeArea): View {
  const at = toScreen(view, place);
  const wanted = nearestSafe(at, area);
  if (wanted.x === at.x && wanted.y === at.y) return view;
  return { k: view.k, x: view.x + wanted.x - at.x, y: view.y + wanted.y - at.y };
}

/** Whether a point of the screen is in the safe area. */
export function isSafe(at: Point, area: SafeArea): boolean {
  const safe = nearestSafe(at, area);
  return safe.x === at.x && safe.y === at.y;
}

function nearestSafe(at: Point, { size, insets, covers }: SafeArea): Point {
  const room = roomIn(size, insets);
  const near = { x: between(at.x, room.left, room.right), y: between(at.y, room.top, room.bottom) };
  const walls = covers.map((cover) => grown(cover, COVER_PIXELS));
  const isFree = ({ x, y }: Point) =>
    boxHas(room, x, y) && !walls.some((wall) => isWithin(wall, x, y));
  if (isFree(near)) return near;
  // Beside one of the covers: up, down, left or right, or in a corner between two of them.
  const xs = [near.x, ...walls.flatMap(({ left, right }) => [left, right])];
  const ys = [near.y, ...walls.flatMap(({ top, bottom }) => [top, bottom])];
  const ways = xs.flatMap((x) => ys.map((y) => ({ x, y }))).filter(isFree);
  const away = ({ x, y }: Point) => Math.hypot(x - near.x, y - near.y);
  return ways.reduce((best, way) => (away(way) < away(best) ? way : best), ways[0] ?? near);
}

// Standing at the edge of a wall is free.
function isWithin(wall: Box, x: number, y: number): boolean {
  return x > wall.left && x < wall.right && y > wall.top && y < wall.bottom;
}

function roomIn(size: Size, insets: Insets): Box {
  const wide = Math.max(0, size.width - insets.left - insets.right);
  const high = Math.max(0, size.height - insets.top - insets.bottom);
  const [x, y] = [
    Math.min(EDGE_PIXELS, wide * EDGE_SHARE),
    Math.min(EDGE_PIXELS, high * EDGE_SHARE),
  ];
  return {
    left: insets.left + x,
    top: insets.top + y,
    right: insets.left + wide - x,
    bottom: insets.top + high - y,
  };
}

function between(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
