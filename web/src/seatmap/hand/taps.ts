// What a tap on the map does: chooses a seat or a section, or brings nearer what is too small to hit.
import type { Point } from "../plan/geometry";
import { type Hall, sectionBox } from "../plan/plan";
import type { Camera } from "../view/camera";
import { minimapPoint } from "../view/minimap-box";
import { thumbScale, type View } from "../view/viewport";
import { resolveTap, type Tap } from "./hit-test";

/** Diameters in pixels from which a seat can be hit. */
const THUMB_SEAT = 28;
export const MOUSE_SEAT = 12;
const STEP_MS = 180;
const NEARER_MS = 252;

export type TapListener = {
  /** The open section; null while sections are chosen. */
  section: () => number | null;
  go: (view: View, milliseconds: number) => void;
  onSeat: (seat: number) => void;
  /** Asks for a section, or for a nearer view of the present one. */
  onSection: (section: number, at: Point) => void;
};

/** Knows of the tap before, to tell what a second one means. */
export class Taps {
  readonly #hall: Hall;
  readonly #camera: Camera;
  readonly #listener: TapListener;
  // The last tap: whether it hit something, whether a mouse made it, whether it asked for another section.
  #last = { hit: false, fine: true, asked: false };

  constructor(hall: Hall, camera: Camera, listener: TapListener) {
    this.#hall = hall;
    this.#camera = camera;
    this.#listener = listener;
  }

  tap(x: number, y: number, fine: boolean): void {
    const { view } = this.#camera;
    const place = this.#placeOnMinimap(x, y);
    if (place) {
      this.#listener.go(this.#camera.around(place, view.k), STEP_MS);
      return;
    }
    const meant = this.#meant(resolveTap(this.#hall, view, x, y, fine ? MOUSE_SEAT : THUMB_SEAT));
    this.#last = { hit: meant.kind !== "nothing", fine, asked: false };
    if (meant.kind === "seat") this.#listener.onSeat(meant.seat);
    if (meant.kind !== "section") return;
    if (!fine && this.#comeNearer(meant.section, meant.at)) return;
    this.#last.asked = meant.section !== this.#listener.section();
    this.#listener.onSection(meant.section, meant.at);
  }

  /** Zooms in where nothing is; where the first tap chose something, the second means it again. */
  doubleTap(x: number, y: number): void {
    // Where another section was asked for, its seats may lie by now: they were not meant.
    if (this.#last.asked) return;
    if (this.#last.hit) {
      this.tap(x, y, this.#last.fine);
      return;
    }
    const at = this.#camera.placeAt(x, y);
    const k = this.#camera.zoomed(1, 2);
    const to = this.#camera.clamp({ k, x: x - at.x * k, y: y - at.y * k });
    this.#listener.go(to, STEP_MS);
  }

  // While sections are chosen, a gap means its section. Once one is open, who hits a gap has missed a seat.
  #meant(tap: Tap): Tap {
    if (tap.kind !== "gap") return tap;
    return this.#listener.section() === null ? { ...tap, kind: "section" } : { kind: "nothing" };
  }

  #placeOnMinimap(x: number, y: number): Point | null {
    return minimapPoint(this.#hall, this.#camera.minimapAt(this.#camera.view), x, y);
  }

  // Brings a section that is too small for a thumb nearer; false if it can be hit as it is.
  #comeNearer(section: number, at: Point): boolean {
    const about = this.#hall.sections[section];
    const { view, range } = this.#camera;
    if (!about || this.#listener.section() === section) return false;
    const k = thumbScale(sectionBox(about), view.k);
    if (k <= view.k) return false;
    this.#listener.go(this.#camera.around(at, Math.min(k, range[1])), NEARER_MS);
    return true;
  }
}
