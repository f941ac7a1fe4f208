// A way from one view to another that looks even: out, along and in again.
//
// The way is the one of van Wijk and Nuij, "Smooth and efficient zooming and panning" (2003), with
// their own names for what the formulas say: w is the width of what is seen, u the way gone so far,
// s how far along the curve the eye is, and rho how far the eye goes out for how far it must go.
import type { Point } from "../plan/geometry";
import type { Size, View } from "./viewport";

export type Flight = {
  /** The view at a moment of the frame clock; the first moment asked for is the start. */
  at: (now: number) => View;
  over: (now: number) => boolean;
  readonly to: View;
};

/** Middle and width of what is seen, in centimetres. */
type Eye = Point & { width: number };

const RHO = Math.SQRT2;
// Below this distance the eye only goes in or out.
const STILL_CM = 1e-6;

/** A flight that takes this long from its first frame. */
export function flight(from: View, to: View, size: Size, milliseconds: number): Flight {
  const way = wayBetween(eyeOf(from, size), eyeOf(to, size));
  let start: number | null = null;
  const share = (now: number): number => {
    start ??= now;
    return milliseconds <= 0 ? 1 : Math.min(1, Math.max(0, (now - start) / milliseconds));
  };
  return {
    to,
    over: (now) => share(now) >= 1,
    at: (now) => {
      const t = share(now);
      if (t >= 1) return to;
      const { x, y, width } = way(t * t * (3 - 2 * t));
      const k = size.width / width;
      return { k, x: size.width / 2 - x * k, y: size.height / 2 - y * k };
    },
  };
}

function eyeOf(view: View, size: Size): Eye {
  const x = (size.width / 2 - view.x) / view.k;
  const y = (size.height / 2 - view.y) / view.k;
  return { x, y, width: size.width / view.k };
}

// Where the eye is after a share of the way.
function wayBetween(from: Eye, to: Eye): (share: number) => Eye {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const along = (part: number, width: number): Eye => ({
    x: from.x + part * (to.x - from.x),
    y: from.y + part * (to.y - from.y),
    width,
  });
  if (distance < STILL_CM) {
    return (share) => along(share, from.width * (to.width / from.width) ** share);
  }
  const r0 = bend(from.width, to.width ** 2 - from.width ** 2, distance, 1);
  const r1 = bend(to.width, to.width ** 2 - from.width ** 2, distance, -1);
  const length = (r1 - r0) / RHO;
  return (share) => {
    const s = RHO * share * length + r0;
    const u = (from.width / RHO ** 2) * (Math.cosh(r0) * Math.tanh(s) - Math.sinh(r0));
    return along(u / distance, (from.width * Math.cosh(r0)) / Math.cosh(s));
  };
}

// How steeply the eye goes out (`sign` 1, at the start) or comes in (−1, at the end).
function bend(width: number, squares: number, distance: number, sign: 1 | -1): number {
  const b = (squares + sign * RHO ** 4 * distance ** 2) / (2 * width * RHO ** 2 * distance);
  return Math.log(Math.sqrt(b * b + 1) - b);
}
