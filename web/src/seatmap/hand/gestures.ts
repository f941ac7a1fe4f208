// Pan, pinch, wheel and taps, told as views of the map and places on the screen.
import { after, type Cancel } from "#/platform/time";
import type { Point } from "../plan/geometry";
import { toPlan, type View } from "../view/viewport";

/** What the hand needs to know of the map, and what it tells. */
export type Listener = {
  view: () => View;
  range: () => readonly [number, number];
  /** Keeps a view that a hand made within bounds. */
  clamp: (view: View) => View;
  /** A hand has taken hold: whatever moves by itself must let go. */
  onGrasp: () => void;
  onView: (view: View) => void;
  onRelease: () => void;
  onTap: (x: number, y: number, fine: boolean) => void;
  /** The second of two quick taps at one place; the first was told as a tap. */
  onDoubleTap: (x: number, y: number) => void;
};

/** Where a finger is on the screen, and which place of the plan it holds. */
type Grip = Point & { holds: Point };

// A mouse may shake this much and still click.
const CLICK_PIXELS = 6;
const DOUBLE_MS = 320;
const DOUBLE_PIXELS = 24;
// A wheel that is silent this long has been let go.
const WHEEL_MS = 150;
// How much a wheel zooms for each unit it may count in: pixels, lines, pages.
const WHEEL_FACTORS = [0.002, 0.05, 1];
// Browsers report a pinch on a touchpad as small turns of a wheel with Control.
const PINCH_FACTOR = 10;
const FINGERS_MAX = 2;

/** Listens to one element until it is closed. */
export class Gestures {
  readonly #target: HTMLElement;
  readonly #listener: Listener;
  readonly #fingers = new Map<number, Grip>();
  #wheel: { grip: Grip; end: Cancel } | null = null;
  #isFine = true;
  // Where the mouse went down, until it has moved too far for a click.
  #clickAt: Point | null = null;
  #lastTap = { time: -DOUBLE_MS, x: 0, y: 0 };

  constructor(target: HTMLElement, listener: Listener) {
    this.#target = target;
    this.#listener = listener;
    target.addEventListener("pointerdown", this.#onDown);
    target.addEventListener("click", this.#onClick);
    target.addEventListener("wheel", this.#onWheel, { passive: false });
  }

  close(): void {
    this.#target.removeEventListener("pointerdown", this.#onDown);
    this.#target.removeEventListener("click", this.#onClick);
    this.#target.removeEventListener("wheel", this.#onWheel);
    this.#follow("removeEventListener");
    this.#wheel?.end();
  }

  // A finger that has left the map still moves it.
  #follow(change: "addEventListener" | "removeEventListener"): void {
    window[change]("pointermove", this.#onMove as EventListener);
    window[change]("pointerup", this.#onUp as EventListener);
    window[change]("pointercancel", this.#onUp as EventListener);
  }

  readonly #onDown = (event: PointerEvent): void => {
    this.#isFine = event.pointerType === "mouse";
    const at = this.#pointOf(event);
    this.#clickAt = at;
    // Other buttons, and Control on some machines, open a menu.
    if (event.button !== 0 || event.ctrlKey || this.#fingers.size >= FINGERS_MAX) return;
    if (this.#fingers.size === 0) {
      this.#follow("addEventListener");
      this.#listener.onGrasp();
    }
    this.#fingers.set(event.pointerId, this.#gripAt(at));
    this.#regrip();
  };

  readonly #onMove = (event: PointerEvent): void => {
    const grip = this.#fingers.get(event.pointerId);
    if (!grip) return;
    const { x, y } = this.#pointOf(event);
    const from = this.#clickAt;
    if (this.#isFine && from && Math.hypot(x - from.x, y - from.y) > CLICK_PIXELS) {
      this.#clickAt = null;
    }
    this.#fingers.set(event.pointerId, { ...grip, x, y });
    this.#listener.onView(this.#listener.clamp(this.#viewUnderFingers()));
  };

  readonly #onUp = (event: PointerEvent): void => {
    if (!this.#fingers.delete(event.pointerId)) return;
    this.#regrip();
    if (this.#fingers.size > 0) return;
    this.#follow("removeEventListener");
    if (!this.#wheel) this.#listener.onRelease();
  };

  readonly #onClick = (event: MouseEvent): void => {
    if (!this.#clickAt) return;
    const { x, y } = this.#pointOf(event);
    const last = this.#lastTap;
    const again =
      event.timeStamp - last.time < DOUBLE_MS && Math.hypot(x - last.x, y - last.y) < DOUBLE_PIXELS;
    this.#lastTap = { time: again ? -DOUBLE_MS : event.timeStamp, x, y };
    if (again) this.#listener.onDoubleTap(x, y);
    else this.#listener.onTap(x, y, this.#isFine);
  };

  readonly #onWheel = (event: WheelEvent): void => {
    const { k } = this.#listener.view();
    const next = this.#withinRange(k * 2 ** turnOf(event));
    // At the end of the zoom the wheel scrolls the page.
    if (!this.#wheel && next === k) return;
    event.preventDefault();
    if (!this.#wheel) this.#listener.onGrasp();
    this.#wheel?.end();
    const grip = this.#wheelGrip(this.#pointOf(event));
    this.#wheel = { grip, end: after(WHEEL_MS, this.#onWheelEnd) };
    this.#listener.onView(this.#listener.clamp(viewHolding(grip, next)));
  };

  readonly #onWheelEnd = (): void => {
    this.#wheel = null;
    if (this.#fingers.size === 0) this.#listener.onRelease();
  };

  // The place under a mouse that does not move stays the same, even where the view was clamped.
  #wheelGrip(at: Point): Grip {
    const before = this.#wheel?.grip;
    return before && before.x === at.x && before.y === at.y ? before : this.#gripAt(at);
  }

  #pointOf(event: MouseEvent): Point {
    const box = this.#target.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #gripAt({ x, y }: Point): Grip {
    return { x, y, holds: toPlan(this.#listener.view(), { x, y }) };
  }

  // When a finger comes or goes, each of the others takes hold of the place under it.
  #regrip(): void {
    for (const [id, grip] of this.#fingers) this.#fingers.set(id, this.#gripAt(grip));
  }

  #viewUnderFingers(): View {
    const [one, two] = this.#fingers.values();
    const view = this.#listener.view();
    if (!one) return view;
    if (!two) return viewHolding(one, view.k);
    const apart = Math.hypot(one.x - two.x, one.y - two.y);
    const held = Math.hypot(one.holds.x - two.holds.x, one.holds.y - two.holds.y);
    const k = held > 0 ? this.#withinRange(apart / held) : view.k;
    return viewHolding({ ...between(one, two), holds: between(one.holds, two.holds) }, k);
  }

  #withinRange(k: number): number {
    const [least, most] = this.#listener.range();
    return Math.min(most, Math.max(least, k));
  }
}

function viewHolding({ x, y, holds }: Grip, k: number): View {
  return { k, x: x - holds.x * k, y: y - holds.y * k };
}

function between(one: Point, two: Point): Point {
  return { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 };
}

// In doublings of the scale.
function turnOf(event: WheelEvent): number {
  const factor = WHEEL_FACTORS[event.deltaMode] ?? 1;
  return -event.deltaY * factor * (event.ctrlKey ? PINCH_FACTOR : 1);
}
