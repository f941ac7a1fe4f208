// Plane geometry in plan centimetres. Polygons are flat [x0, y0, x1, y1, …] without a repeated end.

export type Box = { left: number; top: number; right: number; bottom: number };
export type Point = { x: number; y: number };

/** A box that any point makes larger. */
export function emptyBox(): Box {
  return { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
}

export function boxOf(flat: ArrayLike<number>): Box {
  const box = emptyBox();
  for (let i = 0; i + 1 < flat.length; i += 2) {
    addToBox(box, flat[i] as number, flat[i + 1] as number);
  }
  return box;
}

export function addToBox(box: Box, x: number, y: number): void {
  if (x < box.left) box.left = x;
  if (x > box.right) box.right = x;
  if (y < box.top) box.top = y;
  if (y > box.bottom) box.bottom = y;
}

/** A box that is larger by this much on each side. */
export function grown(box: Box, by: number): Box {
  return {
    left: box.left - by,
    top: box.top - by,
    right: box.right + by,
    bottom: box.bottom + by,
  };
}

export function middleOf(box: Box): Point {
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
}

export function boxHas(box: Box, x: number, y: number): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

/** Whether two boxes have a place in common. */
export function boxesMeet(a: Box, b: Box): boolean {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

/** Even-odd rule, so that the winding of an imported outline does not matter. */
export function insidePolygon(flat: ArrayLike<number>, x: number, y: number): boolean {
  let inside = false;
  const count = flat.length / 2;
  for (let i = 0, j = count - 1; i < count; j = i, i += 1) {
    const xi = flat[2 * i] as number;
    const yi = flat[2 * i + 1] as number;
    const xj = flat[2 * j] as number;
    const yj = flat[2 * j + 1] as number;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/**
 * Area centroid: where a label of a bent block belongs. Falls back to the box for a degenerate one.
 */
export function centroid(flat: ArrayLike<number>): Point {
  let area = 0;
  let x = 0;
  let y = 0;
  const count = flat.length / 2;
  for (let i = 0, j = count - 1; i < count; j = i, i += 1) {
    const xi = flat[2 * i] as number;
    const yi = flat[2 * i + 1] as number;
    const xj = flat[2 * j] as number;
    const yj = flat[2 * j + 1] as number;
    const cross = xj * yi - xi * yj;
    area += cross;
    x += (xi + xj) * cross;
    y += (yi + yj) * cross;
  }
  if (Math.abs(area) < 1) return middleOf(boxOf(flat));
  return { x: x / (3 * area), y: y / (3 * area) };
}

export function distanceToPolygon(flat: ArrayLike<number>, x: number, y: number): number {
  return insidePolygon(flat, x, y) ? 0 : distanceToEdge(flat, x, y);
}

/** The distance to the outline, from inside as well. */
export function distanceToEdge(flat: ArrayLike<number>, x: number, y: number): number {
  let best = Infinity;
  const count = flat.length / 2;
  for (let i = 0, j = count - 1; i < count; j = i, i += 1) {
    const ax = flat[2 * j] as number;
    const ay = flat[2 * j + 1] as number;
    const dx = (flat[2 * i] as number) - ax;
    const dy = (flat[2 * i + 1] as number) - ay;
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length;
    const t = Math.min(1, Math.max(0, along));
    best = Math.min(best, Math.hypot(x - ax - t * dx, y - ay - t * dy));
  }
  return best;
}
