// Where the map looks, and how it comes to look elsewhere: at once, or by a flight.

import { type Box, grown, type Point } from "../plan/geometry";
import { boxOfHall } from "../plan/hall-of";
import type { Hall } from "../plan/plan";
import { type Flight, flight } from "./flight";
import { MINIMAP_RIM, minimapBox } from "./minimap-box";
import { isSafe, reveal, type SafeArea } from "./safe-area";
import {
  centred,
  clampView,
  fit,
  hallInsets,
  INSETS,
  type Insets,
  type Size,
  scaleRange,
  toPlan,
  toScreen,
  type View,
  zoomStep,
} from "./viewport";

/** Called when the view has changed, or whether it moves. */
export type Watcher = (isMoving: boolean) => void;

/** Owns the view. A hand, a button or the keyboard ask it to look elsewhere. */
export class Camera {
  view: View = { k: 1, x: 0, y: 0 };
  size: Size = { width: 1, height: 1 };
  /** The smallest and the largest scale that a visitor may choose. */
  range: readonly [number, number] = [0.01, 1];
  isMoving = false;
  readonly #hall: Hall;
  readonly #whole: Box;
  // What the page lays over the map.
  #covers: readonly Box[] = [];
  // What the whole hall stays clear of.
  #insets: Insets = INSETS;
  readonly #watcher: Watcher;
  #flight: Flight | null = null;
  #isHeld = false;

  constructor(hall: Hall, watcher: Watcher) {
    this.#whole = boxOfHall(hall);
    this.#hall = hall;
    this.#watcher = watcher;
  }

  /** The view that the present flight ends in; null without a flight. */
  get goal(): View | null {
    return this.#flight?.to ?? null;
  }

  /** The view of the whole hall. */
  get whole(): View {
    return fit(this.#whole, this.size, this.#insets);
  }

  get isWhole(): boolean {
    return this.view.k <= this.range[0] * 1.01;
  }

  /** The place of the plan in the middle of the screen. */
  get middle(): Point {
    return this.placeAt(this.size.width / 2, this.size.height / 2);
  }

  /** The place of the plan under a point of the screen. */
  placeAt(x: number, y: number): Point {
    return toPlan(this.view, { x, y });
  }

  /** The nearest view that keeps the hall in sight. */
  clamp(view: View): View {
    return clampView(view, this.#whole, this.size, this.#insets);
  }

  /** The view with this place in the middle, as far as the hall allows. */
  around(place: Point, k: number): View {
    return this.clamp(centred(place, k, this.size));
  }

  /** The scale after one step in (1) or out (-1), or after several. */
  zoomed(direction: 1 | -1, steps = 1): number {
    let k = this.view.k;
    for (let step = 0; step < steps; step += 1) k = zoomStep(k, direction, this.range);
    return k;
  }

  /** The small map as a view has it; null for none. */
  minimapAt(view: View): Box | null {
    return minimapBox(this.#hall, view, this.range[0], this.size);
  }

  /** A view moved as little as needed, so that a place of the plan is seen and nothing lies over it. */
  revealing(view: View, place: Point): View {
    return reveal(view, place, this.#safeAreaOf(view));
  }

  /** Whether a place of the plan is seen from a view, with nothing over it. */
  reveals(view: View, place: Point): boolean {
    return isSafe(toScreen(view, place), this.#safeAreaOf(view));
  }

  /** `covers` are the parts of the page that lie over the map. */
  resize(size: Size, covers: readonly Box[] = []): void {
    this.size = size;
    this.#covers = covers;
    this.#insets = insetsUnder(hallInsets(size), covers);
    this.range = scaleRange(this.#whole, this.#hall.pitch, size, this.#insets);
  }

  /** Looks elsewhere at once. A flight that is under way goes on. */
  place(view: View): void {
    this.view = view;
    this.#tell();
  }

  /** Flies to a view, or goes there at once if the time is 0. */
  go(to: View, milliseconds: number): void {
    this.#flight = milliseconds > 0 ? flight(this.view, to, this.size, milliseconds) : null;
    if (this.#flight) this.#tell();
    else this.place(to);
  }

  /** Moves a flight on; called once a frame. */
  step(now: number): void {
    const flying = this.#flight;
    if (!flying) return;
    if (flying.over(now)) this.#flight = null;
    this.place(flying.at(now));
  }

  /** A hand has taken hold of the map: a flight ends where it is. */
  grasp(): void {
    this.#isHeld = true;
    this.#flight = null;
  }

  release(): void {
    this.#isHeld = false;
    this.#tell();
  }

  #safeAreaOf(view: View): SafeArea {
    const minimap = this.minimapAt(view);
    const covers = minimap ? [...this.#covers, grown(minimap, MINIMAP_RIM)] : this.#covers;
    return { size: this.size, insets: INSETS, covers };
  }

  #tell(): void {
    this.isMoving = this.#isHeld || this.#flight !== null;
    this.#watcher(this.isMoving);
  }
}

// A bar that floats at the top of a very low map hides no stage.
const TOP_PIXELS = 8;

function insetsUnder(insets: Insets, covers: readonly Box[]): Insets {
  const bars = covers.filter((cover) => cover.top <= TOP_PIXELS && cover.left <= TOP_PIXELS);
  return { ...insets, top: Math.max(insets.top, ...bars.map((bar) => bar.bottom)) };
}
