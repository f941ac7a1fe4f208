// A way from one view to another that looks even: out, along and in again (van Wijk and Nuij).
import { interpolateZoom } from "d3-interpolate";
import type { Size, View } from "./viewport";

export type Flight = {
  // The view at a moment of the frame clock; the first moment asked for is the start.
  at: (now: number) => View;
  over: (now: number) => boolean;
  readonly to: View;
};

export function flight(from: View, to: View, size: Size, milliseconds: number): Flight {
  const way = interpolateZoom(circle(from, size), circle(to, size));
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
      const eased = t * t * (3 - 2 * t);
      const [x, y, width] = way(eased);
      const k = size.width / width;
      return { k, x: size.width / 2 - x * k, y: size.height / 2 - y * k };
    },
  };
}

// Middle and width of what is seen.
function circle(view: View, size: Size): [number, number, number] {
  const x = (size.width / 2 - view.x) / view.k;
  const y = (size.height / 2 - view.y) / view.k;
  return [x, y, size.width / view.k];
}
