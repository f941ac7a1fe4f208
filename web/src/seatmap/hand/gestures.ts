// Pan, pinch, wheel and taps, by d3-zoom; the only file of the chunk that knows it.
import { select } from "d3-selection";
import { type D3ZoomEvent, type ZoomBehavior, zoom, zoomIdentity, zoomTransform } from "d3-zoom";
import type { View } from "../view/viewport";

export type Gestures = {
  view: () => View;
  go: (view: View) => void;
  range: (range: readonly [number, number]) => void;
  close: () => void;
};

export type Listener = {
  onView: (view: View, moving: boolean) => void;
  // A hand has taken hold: whatever moves by itself must let go.
  onGrasp: () => void;
  onTap: (x: number, y: number, fine: boolean) => void;
  // Two taps in a row; the first one was a tap already.
  onDoubleTap: (x: number, y: number) => void;
  // Keeps a view that a hand made within bounds.
  clamp: (view: View) => View;
  size: () => { width: number; height: number };
};

// A mouse may shake this much and still click.
const CLICK_PIXELS = 6;
const DOUBLE_MS = 320;
const DOUBLE_PIXELS = 24;

export function createGestures(target: HTMLElement, listener: Listener): Gestures {
  let fine = true;
  let hands = 0;
  let last = { time: -DOUBLE_MS, x: 0, y: 0 };
  const picked = select<HTMLElement, unknown>(target);
  const behaviour: ZoomBehavior<HTMLElement, unknown> = zoom<HTMLElement, unknown>()
    .extent(() => {
      const { width, height } = listener.size();
      return [
        [0, 0],
        [width, height],
      ];
    })
    .constrain((transform) => {
      const view = listener.clamp(transform);
      return zoomIdentity.translate(view.x, view.y).scale(view.k);
    })
    .clickDistance(CLICK_PIXELS)
    .on("start", (event: D3ZoomEvent<HTMLElement, unknown>) => {
      hands += 1;
      if (event.sourceEvent) listener.onGrasp();
    })
    // Also for moves of our own, which start, zoom and end in one call: those the flight reports.
    .on("zoom", (event: D3ZoomEvent<HTMLElement, unknown>) => {
      listener.onView(event.transform, true);
    })
    .on("end", () => {
      hands = Math.max(0, hands - 1);
      if (hands === 0) listener.onView(zoomTransform(target), false);
    });
  picked.call(behaviour);
  // Two quick taps choose two seats; they must not also zoom.
  picked.on("dblclick.zoom", null);

  const onPointer = (event: PointerEvent): void => {
    fine = event.pointerType === "mouse";
  };
  const onClick = (event: MouseEvent): void => {
    const box = target.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const again =
      event.timeStamp - last.time < DOUBLE_MS && Math.hypot(x - last.x, y - last.y) < DOUBLE_PIXELS;
    last = { time: again ? -DOUBLE_MS : event.timeStamp, x, y };
    if (again) listener.onDoubleTap(x, y);
    else listener.onTap(x, y, fine);
  };
  target.addEventListener("pointerdown", onPointer, { capture: true });
  target.addEventListener("click", onClick);

  return {
    view: () => zoomTransform(target),
    go: (view) => {
      picked.call(behaviour.transform, zoomIdentity.translate(view.x, view.y).scale(view.k));
    },
    range: (range) => {
      behaviour.scaleExtent([range[0], range[1]]);
    },
    close: () => {
      picked.on(".zoom", null);
      target.removeEventListener("pointerdown", onPointer, { capture: true });
      target.removeEventListener("click", onClick);
    },
  };
}
