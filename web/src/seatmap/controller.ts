// Holds the map together outside of the component: what is shown, where, and what a tap does.

import type { Controller, Events, Shown } from "./controller-types";
import { createPainter } from "./draw/paint";
import { sectionInsets } from "./draw/stage-pointer";
import { createGestures } from "./hand/gestures";
import { resolveTap } from "./hand/hit-test";
import { frontOf } from "./hand/keyboard";
import { type Change, createCells, updateCells } from "./plan/cells";
import type { Box, Point } from "./plan/geometry";
import { boxOfHall } from "./plan/hall-of";
import { type Hall, sectionBox } from "./plan/plan";
import { type Flight, flight } from "./view/flight";
import { minimapBox, minimapPoint } from "./view/minimap-box";
import {
  centred,
  clampView,
  fit,
  HALL_INSETS,
  INSETS,
  intoSection,
  PITCH_TOUCH,
  reveal,
  SEAT_SHARE,
  type Size,
  scaleRange,
  thumbScale,
  type View,
  zoomStep,
} from "./view/viewport";

const MOVE_MS = 420;
const STEP_MS = 180;
// Counts in the legend need not change more often than they can be read.
const NEWS_MS = 500;
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
  // Nobody has moved the map since it went where it was sent.
  let untouched: (() => void) | null = null;
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
    if (shown) painter.show({ ...shown, view, moving, target: goal, minimap: small() });
  };

  const small = (): Box | null => minimapBox(hall, view, range[0], size);

  const gestures = createGestures(target, {
    size: () => size,
    clamp: (wanted) => clampView(wanted, whole, size, HALL_INSETS),
    onGrasp: () => {
      untouched = null;
      way = null;
    },
    onView: (next, byHand) => {
      view = { k: next.k, x: next.x, y: next.y };
      const goesOn = byHand || way !== null;
      paint(goesOn);
      if (!goesOn) events.onRest(view);
    },
    onDoubleTap: (x, y) => {
      // Where the first tap chose something, the second one means the same place again.
      if (acted) return tap(x, y, fineBefore);
      const at = { x: (x - view.x) / view.k, y: (y - view.y) / view.k };
      const k = zoomStep(zoomStep(view.k, 1, range), 1, range);
      const to = { k, x: x - at.x * k, y: y - at.y * k };
      go(clampView(to, whole, size, HALL_INSETS), STEP_MS);
    },
    onTap: (x, y, fine) => tap(x, y, fine),
  });

  let acted = false;
  let fineBefore = true;
  const tap = (x: number, y: number, fine: boolean): void => {
    const there = minimapPoint(hall, small(), x, y);
    if (there) {
      go(clampView(centred(there, view.k, size), whole, size, HALL_INSETS), STEP_MS);
      return;
    }
    const section = shown?.section ?? null;
    const rules = { section, seatLeast: fine ? MOUSE_SEAT : THUMB_SEAT };
    const meant = resolveTap(hall, view, x, y, rules);
    fineBefore = fine;
    acted = meant.kind !== "nothing";
    if (meant.kind === "seat") events.onSeat(meant.seat);
    if (meant.kind !== "section") return;
    if (!fine && zoomFirst(meant.section, meant.at)) return;
    tapped = { section: meant.section, at: meant.at };
    // The same section, too small to hit: nearer. Another one: the page has to agree first.
    if (meant.section === section) enter(section, meant.at);
    else events.onSection(meant.section);
  };

  // A section too small for a thumb is brought nearer before it is chosen.
  const zoomFirst = (section: number, at: Point): boolean => {
    const about = hall.sections[section];
    if (!about || shown?.section === section) return false;
    const k = thumbScale(sectionBox(about), view.k);
    if (k <= view.k) return false;
    go(
      clampView(centred(at, Math.min(k, range[1]), size), whole, size, HALL_INSETS),
      STEP_MS * 1.4,
    );
    return true;
  };

  const go = (to: View, milliseconds: number): void => {
    const time = shown?.reducedMotion ? 0 : milliseconds;
    way = time > 0 ? flight(view, to, size, time) : null;
    if (way) paint(true);
    else gestures.go(to);
  };

  const enter = (section: number | null, at: Point | null): void => {
    fly(section, at);
    untouched = () => {
      placed = false;
      fly(section, at);
    };
  };

  const fly = (section: number | null, at: Point | null): void => {
    const about = section === null ? undefined : hall.sections[section];
    // The first time there is nothing to move from.
    const milliseconds = placed ? MOVE_MS : 0;
    placed = true;
    if (!about) {
      go(fit(whole, size, HALL_INSETS), milliseconds);
      return;
    }
    const known = tapped?.section === section ? tapped.at : null;
    tapped = null;
    // One comes in at the front, below where one has tapped: that is where the best seats are.
    const where = at ?? frontOf(hall, section ?? 0, known);
    const insets = sectionInsets(hall, about);
    go(intoSection(sectionBox(about), about.pitch, where, size, insets), milliseconds);
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
      range = scaleRange(whole, hall.pitch, size, HALL_INSETS);
      gestures.range(range);
      painter.resize(size, ratio);
      if (!placed) return;
      if (untouched) {
        untouched();
        return;
      }
      // A sheet that opens below must not lose the place.
      const kept = centred(middle, Math.max(view.k, range[0]), size);
      gestures.go(
        wasWhole ? fit(whole, size, HALL_INSETS) : clampView(kept, whole, size, HALL_INSETS),
      );
    },
    enter,
    zoom: (direction) => {
      untouched = null;
      const k = zoomStep(view.k, direction, range);
      const middle = {
        x: (size.width / 2 - view.x) / view.k,
        y: (size.height / 2 - view.y) / view.k,
      };
      go(clampView(centred(middle, k, size), whole, size, HALL_INSETS), STEP_MS);
    },
    whole: () => go(fit(whole, size, HALL_INSETS), MOVE_MS),
    follow: (seat) => {
      untouched = null;
      const at = { x: hall.x[seat] as number, y: hall.y[seat] as number };
      const close = PITCH_TOUCH / hall.pitch;
      // On the way somewhere, it is the end of the way from which the seat must be seen.
      const from = way?.to ?? view;
      const near = from.k * hall.pitch * SEAT_SHARE >= MOUSE_SEAT;
      const next = near ? reveal(from, at, size, INSETS) : centred(at, close, size, INSETS);
      if (next !== from) go(next, way ? MOVE_MS : STEP_MS);
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
