// A hand on the map, made of the events that a browser would send.
import { beforeEach, expect, test, vi } from "vitest";
import type { View } from "../view/viewport";
import { Gestures } from "./gestures";

const timers = vi.hoisted(() => ({ waiting: [] as (() => void)[] }));
vi.mock("#/platform/time", () => ({
  after: (_: number, run: () => void) => {
    timers.waiting.push(run);
    return () => {
      timers.waiting = timers.waiting.filter((one) => one !== run);
    };
  },
}));

class Field extends EventTarget {
  getBoundingClientRect() {
    return { left: 10, top: 20 };
  }
}

let field: Field;
let gestures: Gestures;
let view: View;
let told: string[];

function send(type: string, x: number, y: number, more: object = {}): Event {
  const event = new Event(type, { cancelable: true });
  const about = { button: 0, ctrlKey: false, pointerId: 1, pointerType: "mouse", deltaMode: 0 };
  Object.assign(event, about, { clientX: x + 10, clientY: y + 20 }, more);
  const isOnField = ["pointerdown", "click", "wheel"].includes(type);
  (isOnField ? field : (window as unknown as EventTarget)).dispatchEvent(event);
  return event;
}

const finger = (id: number) => ({ pointerId: id, pointerType: "touch" });

beforeEach(() => {
  vi.stubGlobal("window", new EventTarget());
  timers.waiting = [];
  field = new Field();
  view = { k: 1, x: 0, y: 0 };
  told = [];
  gestures = new Gestures(field as unknown as HTMLElement, {
    view: () => view,
    range: () => [0.5, 4],
    clamp: (wanted) => wanted,
    onGrasp: () => told.push("grasp"),
    onView: (next) => {
      view = next;
    },
    onRelease: () => told.push("release"),
    onTap: (x, y, fine) => told.push(`tap ${x} ${y} ${fine ? "mouse" : "finger"}`),
    onDoubleTap: (x, y) => told.push(`double tap ${x} ${y}`),
  });
});

test("the place under a mouse that drags stays under it", () => {
  send("pointerdown", 50, 50);
  send("pointermove", 80, 40);
  expect(view).toEqual({ k: 1, x: 30, y: -10 });
  send("pointerup", 80, 40);
  expect(told).toEqual(["grasp", "release"]);
});

test("a mouse that has dragged does not click, one that only shook does", () => {
  send("pointerdown", 50, 50);
  send("pointermove", 58, 50);
  send("pointermove", 50, 50);
  send("pointerup", 50, 50);
  send("click", 50, 50);
  expect(told).toEqual(["grasp", "release"]);
  send("pointerdown", 50, 50);
  send("pointermove", 54, 50);
  send("pointerup", 54, 50);
  send("click", 54, 50);
  expect(told.at(-1)).toBe("tap 54 50 mouse");
});

test("two fingers zoom around the middle between them and move the map with it", () => {
  send("pointerdown", 100, 100, finger(1));
  send("pointerdown", 200, 100, finger(2));
  send("pointermove", 50, 100, finger(1));
  send("pointermove", 250, 100, finger(2));
  expect(view).toEqual({ k: 2, x: -150, y: -100 });
  send("pointermove", 60, 110, finger(1));
  send("pointermove", 260, 110, finger(2));
  expect(view).toEqual({ k: 2, x: -140, y: -90 });
});

test("fingers zoom no further than the range", () => {
  send("pointerdown", 100, 100, finger(1));
  send("pointerdown", 110, 100, finger(2));
  send("pointermove", 400, 100, finger(2));
  expect(view.k).toBe(4);
});

test("the finger that stays after a pinch goes on without a jump", () => {
  send("pointerdown", 100, 100, finger(1));
  send("pointerdown", 200, 100, finger(2));
  send("pointermove", 300, 100, finger(2));
  const before = view;
  send("pointerup", 300, 100, finger(2));
  expect(view).toEqual(before);
  send("pointermove", 105, 100, finger(1));
  expect(view).toEqual({ ...before, x: before.x + 5 });
  expect(told).toEqual(["grasp"]);
  send("pointercancel", 105, 100, finger(1));
  expect(told).toEqual(["grasp", "release"]);
});

test("a wheel zooms around the mouse and lets go when it is silent", () => {
  const event = send("wheel", 100, 50, { deltaY: -500 });
  expect(event.defaultPrevented).toBe(true);
  expect(view).toEqual({ k: 2, x: -100, y: -50 });
  expect(told).toEqual(["grasp"]);
  send("wheel", 100, 50, { deltaY: -250 });
  expect(timers.waiting).toHaveLength(1);
  timers.waiting[0]?.();
  expect(told).toEqual(["grasp", "release"]);
});

test("a wheel at the end of the range scrolls the page", () => {
  view = { k: 4, x: 0, y: 0 };
  expect(send("wheel", 0, 0, { deltaY: -100 }).defaultPrevented).toBe(false);
  expect(told).toEqual([]);
});

test("two quick taps at one place are a tap and a double tap", () => {
  for (const _ of [1, 2]) {
    send("pointerdown", 30, 40, finger(1));
    send("pointerup", 30, 40, finger(1));
    send("click", 32, 40);
  }
  expect(told.filter((one) => one.includes("tap"))).toEqual([
    "tap 32 40 finger",
    "double tap 32 40",
  ]);
});

test("a closed map hears nothing more", () => {
  gestures.close();
  send("pointerdown", 50, 50);
  send("pointermove", 90, 90);
  send("wheel", 50, 50, { deltaY: -100 });
  expect(view).toEqual({ k: 1, x: 0, y: 0 });
  expect(told).toEqual([]);
});

test("other buttons do not move the map", () => {
  send("pointerdown", 50, 50, { button: 2 });
  send("pointermove", 90, 90);
  expect(view).toEqual({ k: 1, x: 0, y: 0 });
  expect(told).toEqual([]);
});
