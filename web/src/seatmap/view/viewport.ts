// From plan centimetres to CSS pixels and back: screen = plan × k + t.
import { type Box, middleOf, type Point } from "../plan/geometry";

/** Screen = plan × k + shift: `k` is in CSS pixels a centimetre. */
export type View = { readonly k: number; readonly x: number; readonly y: number };
/** Of the map, in CSS pixels. */
export type Size = { readonly width: number; readonly height: number };
/** What covers the edges of the map: a fitted box stays clear of it. */
export type Insets = { top: number; right: number; bottom: number; left: number };

export const NO_INSETS: Insets = { top: 0, right: 0, bottom: 0, left: 0 };
export const INSETS: Insets = { top: 14, right: 14, bottom: 14, left: 14 };
// What the buttons for zooming take, with their distance to the edge and a little air.
const BUTTONS = 62;
// On a lower map, and one that is broader than high, the buttons stand in a column: see seatmap.css.
const COLUMN_HEIGHT_MAX = 320;

/** The whole hall stays clear of the buttons: they lie along the bottom, or on the right of a low map. */
export function hallInsets({ width, height }: Size): Insets {
  const isColumn = height <= COLUMN_HEIGHT_MAX && width > height;
  return isColumn ? { ...INSETS, right: BUTTONS } : { ...INSETS, bottom: BUTTONS };
}

/** A seat that a thumb may choose: drawn 28 px wide at a pitch of 32 px. */
export const PITCH_TOUCH = 32;
/** A mouse is finer, but below this a tap zooms rather than guesses. */
export const SEAT_DRAWN_MIN = 12;
/** How much of the pitch the round seat fills. */
export const SEAT_SHARE = 0.875;
const PITCH_LARGEST = 72;
const THUMB = 44;
const ZOOM_STEP = 1.6;

/** Where a place of the plan is on the screen. */
export function toScreen(view: View, { x, y }: Point): Point {
  return { x: x * view.k + view.x, y: y * view.k + view.y };
}

/** Which place of the plan is at a point of the screen. */
export function toPlan(view: View, { x, y }: Point): Point {
  return { x: (x - view.x) / view.k, y: (y - view.y) / view.k };
}

/** The part of the plan that is on the screen. */
export function visibleBox(view: View, size: Size): Box {
  return {
    left: -view.x / view.k,
    top: -view.y / view.k,
    right: (size.width - view.x) / view.k,
    bottom: (size.height - view.y) / view.k,
  };
}

/** The view that shows a box whole and in the middle, not closer than `kMax`. */
export function fit(box: Box, size: Size, insets: Insets = NO_INSETS, kMax = Infinity): View {
  const width = Math.max(1, size.width - insets.left - insets.right);
  const height = Math.max(1, size.height - insets.top - insets.bottom);
  const wide = Math.max(1, box.right - box.left);
  const deep = Math.max(1, box.bottom - box.top);
  const k = Math.min(width / wide, height / deep, kMax);
  return centred(middleOf(box), k, size, insets);
}

/** The view with a place in the middle of what the insets leave. */
export function centred(
  at: { x: number; y: number },
  k: number,
  size: Size,
  insets: Insets = NO_INSETS,
): View {
  return {
    k,
    x: (size.width - insets.right + insets.left) / 2 - at.x * k,
    y: (size.height - insets.bottom + insets.top) / 2 - at.y * k,
  };
}

/**
 * A section as one goes into it: whole if its seats can then be hit, else close enough for a thumb
 * around `at` (where it was tapped), without showing more empty ground than needed.
 */
export function intoSection(
  box: Box,
  pitch: number,
  at: { x: number; y: number } | null,
  size: Size,
  insets: Insets = NO_INSETS,
  pitchPixels: number = PITCH_TOUCH + 2,
): View {
  const close = pitchPixels / pitch;
  const whole = fit(box, size, insets, (pitchPixels * 1.3) / pitch);
  if (whole.k >= close) return whole;
  const half = {
    x: (size.width - insets.left - insets.right) / 2 / close,
    y: (size.height - insets.top - insets.bottom) / 2 / close,
  };
  const middle = middleOf(box);
  const wanted = at ?? middle;
  return centred(
    {
      x: between(wanted.x, box.left + half.x, box.right - half.x, middle.x),
      y: between(wanted.y, box.top + half.y, box.bottom - half.y, middle.y),
    },
    close,
    size,
    insets,
  );
}

function between(value: number, low: number, high: number, otherwise: number): number {
  return low > high ? otherwise : Math.min(high, Math.max(low, value));
}

/** The smallest scale shows the whole hall, the largest a few seats. */
export function scaleRange(hall: Box, pitch: number, size: Size, insets: Insets): [number, number] {
  const least = fit(hall, size, insets).k;
  return [least, Math.max(PITCH_LARGEST / pitch, least * 2)];
}

/**
 * Keeps the hall in sight: what is smaller than the screen stays in the middle, what is larger may
 * be pulled until its edge reaches the middle third.
 */
export function clampView(view: View, hall: Box, size: Size, insets: Insets): View {
  return {
    k: view.k,
    x: clampAxis(view.x, view.k, hall.left, hall.right, insets.left, size.width - insets.right),
    y: clampAxis(view.y, view.k, hall.top, hall.bottom, insets.top, size.height - insets.bottom),
  };
}

function clampAxis(
  t: number,
  k: number,
  from: number,
  to: number,
  low: number,
  high: number,
): number {
  const room = high - low;
  const length = (to - from) * k;
  if (length <= room) return low + (room - length) / 2 - from * k;
  const slack = room / 3;
  return Math.min(low + slack - from * k, Math.max(high - slack - to * k, t));
}

/**
 * The scale at which a box can be hit with a thumb, and a little more; the present one if it can.
 */
export function thumbScale(box: Box, k: number): number {
  const least = Math.min(box.right - box.left, box.bottom - box.top);
  return least * k >= THUMB ? k : (THUMB * 1.35) / least;
}

/** The scale after one press of a button. */
export function zoomStep(k: number, direction: 1 | -1, range: readonly [number, number]): number {
  const next = direction === 1 ? k * ZOOM_STEP : k / ZOOM_STEP;
  return Math.min(range[1], Math.max(range[0], next));
}
