// Holds the map together outside of the component: what is shown, where, and what a tap does.
import { type Cells, type Change, createCells, updateCells } from "./cells";
import { type Flight, flight } from "./flight";
import { type Box, grown, type Point } from "./geometry";
import { createGestures } from "./gestures";
import { boxOfHall } from "./hall-of";
import { resolveTap } from "./hit-test";
import { frontOf } from "./keyboard";
import { createPainter } from "./paint";
import type { Scene } from "./paint-scene";
import { type Hall, sectionBox } from "./plan";
import {
  centred,
  clampView,
  fit,
  type Insets,
  intoSection,
  PITCH_TOUCH,
  reveal,
  SEAT_SHARE,
  type Size,
  scaleRange,
  thumbScale,
  type View,
  zoomStep,
} from "./viewport";

export type Shown = Omit<Scene, "view" | "moving" | "target" | "minimap">;

export type Events = {
  onSection: (section: number) => void;
  onSeat: (seat: number) => void;
  // Counts have changed, or the view has come to rest.
  onNews: () => void;
  onRest: (view: View) => void;
};

export type Controller = {
  readonly cells: Cells;
  show: (shown: Shown) => void;
  states: (states: Uint8Array) => void;
  resize: (size: Size, ratio: number) => void;
  enter: (section: number | null, at: Point | null) => void;
  zoom: (direction: 1 | -1) => void;
  whole: () => void;
  follow: (seat: number) => void;
  followSection: (section: number) => void;
  close: () => void;
};

const MOVE_MS = 420;
const STEP_MS = 180;
// Counts in the legend need not change more often than they can be read.
const NEWS_MS = 250;
const MINIMAP_SIDE = 84;
const INSETS: Insets = { top: 14, right: 14, bottom: 14, left: 14 };
const THUMB_SEAT = 28;
const MOUSE_SEAT = 12;

export function createController(target: HTMLElement, hall: Hall, events: Events): Controller {
  const cells = createCells(hall);
  const whole = boxOfHall(hall);
  let size: Size = { width: 1, height: 1 };
  let shown: Shown | null = null;
  let view: View = { k: 1, x: 0, y: 0 };
  let range: [number, number] = [0.01, 1];
  let latest: Uint8Array | null = null;
  let newsDue = false;
  let newsAt = 0;
  let placed = false;
  let told = false;
  // Where a section was tapped, until the page has gone into it.
  let tapped: { section: number; at: Point } | null = null;

  // States arrive when they like; they are compared once a frame.
  const painter = createPainter(target, hall, cells, (now) => {
    if (way) {
      const current = way;
      if (current.over(now)) way = null;
      gestures.go(current.at(now));
    }
    if (latest) {
      const changes: Change[] = updateCells(hall, cells, latest);
      latest = null;
      if (changes.length > 0) {
        painter.change(changes);
        newsDue = true;
      }
    }
    if (newsDue && now - newsAt >= NEWS_MS) {
      newsDue = false;
      newsAt = now;
      events.onNews();
    }
    if (newsDue) paint(moving);
  });

  let way: Flight | null = null;
  let moving = false;
  const paint = (isMoving: boolean): void => {
    moving = isMoving;
    const goal = way?.to ?? null;
    if (shown) painter.show({ ...shown, view, moving, target: goal, minimap: minimapBox() });
  };

  const minimapBox = (): Box | null => {
    if (view.k <= range[0] * 1.25) return null;
    const by = MINIMAP_SIDE / Math.max(hall.width, hall.height);
    const bottom = size.height - 20;
    return {
      left: 20,
      top: bottom - hall.height * by,
      right: 20 + hall.width * by,
      bottom,
    };
  };

  const gestures = createGestures(target, {
    size: () => size,
    clamp: (wanted) => clampView(wanted, whole, size, INSETS),
    onGrasp: () => {
      way = null;
    },
    onView: (next, byHand) => {
      view = { k: next.k, x: next.x, y: next.y };
      const goesOn = byHand || way !== null;
      paint(goesOn);
      if (!goesOn) events.onRest(view);
    },
    onTap: (x, y, fine) => {
      if (tapMinimap(x, y)) return;
      const section = shown?.section ?? null;
      const rules = { section, seatLeast: fine ? MOUSE_SEAT : THUMB_SEAT };
      const tap = resolveTap(hall, view, x, y, rules);
      if (tap.kind === "seat") events.onSeat(tap.seat);
      if (tap.kind !== "section") return;
      if (!fine && zoomFirst(tap.section, tap.at)) return;
      tapped = { section: tap.section, at: tap.at };
      // The same section, too small to hit: nearer. Another one: the page has to agree first.
      if (tap.section === section) enter(section, tap.at);
      else events.onSection(tap.section);
    },
  });

  // A section too small for a thumb is brought nearer before it is chosen.
  const zoomFirst = (section: number, at: Point): boolean => {
    const about = hall.sections[section];
    if (!about || shown?.section === section) return false;
    const k = thumbScale(sectionBox(about), view.k);
    if (k <= view.k) return false;
    go(clampView(centred(at, Math.min(k, range[1]), size), whole, size, INSETS), STEP_MS * 1.4);
    return true;
  };

  const tapMinimap = (x: number, y: number): boolean => {
    const at = minimapBox();
    if (!at || x < at.left - 6 || x > at.right + 6 || y < at.top - 6 || y > at.bottom + 6) {
      return false;
    }
    const k = (at.right - at.left) / hall.width;
    const point = { x: (x - at.left) / k, y: (y - at.top) / k };
    go(clampView(centred(point, view.k, size), whole, size, INSETS), STEP_MS);
    return true;
  };

  const go = (to: View, milliseconds: number): void => {
    const time = shown?.reducedMotion ? 0 : milliseconds;
    way = time > 0 ? flight(view, to, size, time) : null;
    if (way) paint(true);
    else gestures.go(to);
  };

  const enter = (section: number | null, at: Point | null): void => {
    const about = section === null ? undefined : hall.sections[section];
    // The first time there is nothing to move from.
    const milliseconds = placed ? MOVE_MS : 0;
    placed = true;
    if (!about) {
      go(fit(whole, size, INSETS), milliseconds);
      return;
    }
    const known = tapped?.section === section ? tapped.at : null;
    tapped = null;
    const where = at ?? known ?? frontOf(hall, section ?? 0);
    // Row names stand beside the rows.
    const box = grown(sectionBox(about), about.pitch * 0.6);
    go(intoSection(box, about.pitch, where, size, INSETS), milliseconds);
  };

  return {
    cells,
    show: (next) => {
      shown = next;
      paint(moving);
    },
    states: (states) => {
      // The first ones at once: whoever asks for counts now must not hear of an empty hall.
      if (!told) {
        updateCells(hall, cells, states);
        told = true;
        events.onNews();
      }
      latest = states;
      paint(moving);
    },
    resize: (next, ratio) => {
      const middle = {
        x: (size.width / 2 - view.x) / view.k,
        y: (size.height / 2 - view.y) / view.k,
      };
      const wasWhole = view.k <= range[0] * 1.01;
      size = next;
      range = scaleRange(whole, hall.pitch, size, INSETS);
      gestures.range(range);
      painter.resize(size, ratio);
      if (!placed) return;
      // A sheet that opens below must not lose the place.
      const kept = centred(middle, Math.max(view.k, range[0]), size);
      gestures.go(wasWhole ? fit(whole, size, INSETS) : clampView(kept, whole, size, INSETS));
    },
    enter,
    zoom: (direction) => {
      const k = zoomStep(view.k, direction, range);
      const middle = {
        x: (size.width / 2 - view.x) / view.k,
        y: (size.height / 2 - view.y) / view.k,
      };
      go(clampView(centred(middle, k, size), whole, size, INSETS), STEP_MS);
    },
    whole: () => go(fit(whole, size, INSETS), MOVE_MS),
    follow: (seat) => {
      const at = { x: hall.x[seat] as number, y: hall.y[seat] as number };
      const close = PITCH_TOUCH / hall.pitch;
      const near = view.k * hall.pitch * SEAT_SHARE >= MOUSE_SEAT;
      const next = near ? reveal(view, at, size, INSETS) : centred(at, close, size, INSETS);
      if (next !== view) go(next, STEP_MS);
    },
    followSection: (section) => {
      const about = hall.sections[section];
      if (!about) return;
      const next = reveal(view, about.middle, size, INSETS);
      if (next !== view) go(next, STEP_MS);
    },
    close: () => {
      gestures.close();
      painter.close();
    },
  };
}
