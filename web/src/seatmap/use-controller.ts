// Gives the controller its canvas, its size and whatever the page says, for as long as the map is
// on the page.
import { type RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Controller, type Events, type Shown } from "./controller";
import type { Box } from "./plan/geometry";
import type { Hall } from "./plan/plan";

export type Elements = {
  root: RefObject<HTMLDivElement | null>;
  field: RefObject<HTMLDivElement | null>;
  places: RefObject<HTMLDivElement | null>;
};

// From this width of the map itself a list finds room beside it; the window says nothing about that.
const WIDE_PIXELS = 860;
// A lower one has no height for a list.
const HIGH_PIXELS = 440;

export function useElements(): Elements {
  return {
    root: useRef<HTMLDivElement>(null),
    field: useRef<HTMLDivElement>(null),
    places: useRef<HTMLDivElement>(null),
  };
}

/** Makes the controller when the map comes and closes it when the map goes. */
export function useController(
  hall: Hall,
  elements: Elements,
  events: Omit<Events, "onNews" | "onRest">,
  states: Uint8Array,
  version: number,
): { map: Controller | null; wide: boolean; news: number } {
  const { root, field, places } = elements;
  const [map, setMap] = useState<Controller | null>(null);
  const [wide, setWide] = useState(false);
  const [news, setNews] = useState(0);
  const latest = useRef(events);
  latest.current = events;

  useLayoutEffect(() => {
    const target = field.current;
    if (!target) return;
    const made = new Controller(target, hall, {
      onSection: (section) => latest.current.onSection(section),
      onSeat: (seat) => latest.current.onSeat(seat),
      onNews: () => setNews((count) => count + 1),
      onRest: (view) => {
        const style = places.current?.style;
        if (!style) return;
        style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.k})`;
        style.setProperty("--k", String(view.k));
      },
    });
    const measure = (): void => {
      const { clientWidth = 0, clientHeight = 0 } = root.current ?? {};
      setWide(clientWidth >= WIDE_PIXELS && clientHeight >= HIGH_PIXELS);
      const size = { width: target.clientWidth, height: target.clientHeight };
      made.resize(size, devicePixelRatio, coversOf(root.current, target));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(target);
    if (root.current) watch.observe(root.current);
    setMap(made);
    return () => {
      watch.disconnect();
      made.close();
    };
  }, [hall, root, field, places]);

  useLayoutEffect(() => map?.states(states), [map, states, version]);

  return { map, wide, news };
}

const COVERS = ".seatmap-bar, .seatmap-controls";

// What the page lays over the map, in its own pixels: the camera keeps clear of it.
function coversOf(root: HTMLElement | null, field: HTMLElement): Box[] {
  const from = field.getBoundingClientRect();
  const covers = Array.from(root?.querySelectorAll(COVERS) ?? []);
  return covers.flatMap((cover) => {
    const { left, top, right, bottom } = cover.getBoundingClientRect();
    const box = {
      left: left - from.left,
      top: top - from.top,
      right: right - from.left,
      bottom: bottom - from.top,
    };
    const isOver =
      box.bottom > 0 && box.right > 0 && box.top < from.height && box.left < from.width;
    return isOver ? [box] : [];
  });
}

/** Tells the controller what to show whenever a part of it is another. */
export function useShown(map: Controller | null, shown: Shown | null): void {
  // Compared part by part: the object is a new one each time.
  useLayoutEffect(() => {
    if (shown) map?.show(shown);
  }, [
    map,
    shown?.section,
    shown?.mine,
    shown?.grades,
    shown?.focusSeat,
    shown?.focusSection,
    shown?.palette,
    shown?.language,
    shown?.reducedMotion,
  ]);
}
