// Holds the map together outside of the component: what is shown, where, and what a tap does.
import { Painter } from "./draw/paint";
import type { Scene } from "./draw/paint-scene";
import { Gestures } from "./hand/gestures";
import { placeOf, startSeat } from "./hand/start";
import { MOUSE_SEAT, Taps } from "./hand/taps";
import { type Cells, type GradeFilter, isChoosable } from "./plan/cells";
import type { Box, Point } from "./plan/geometry";
import type { Hall } from "./plan/plan";
import { SeatUpdates } from "./seat-updates";
import { Camera } from "./view/camera";
import { centred, INSETS, PITCH_TOUCH, SEAT_SHARE, type Size, type View } from "./view/viewport";
import { seesChoosable, viewInto } from "./way-in";

const MOVE_MS = 420;
const STEP_MS = 180;

/** What the page wants to be seen; where the map looks is added here. */
export type Shown = Omit<Scene, "view" | "moving" | "target" | "minimap">;

/** What the component hears from the map. */
export type Events = {
  onSection: (section: number) => void;
  onSeat: (seat: number) => void;
  /** The counts have changed. */
  onNews: () => void;
  /** The view has come to rest. */
  onRest: (view: View) => void;
};

/** Where the page sent the map: into a section, or to the whole hall. */
type Goal = { section: number | null; at: Point | null };

/** Lives as long as the map is on the page. */
export class Controller {
  readonly #hall: Hall;
  readonly #events: Events;
  readonly #updates: SeatUpdates;
  readonly #camera: Camera;
  readonly #painter: Painter;
  readonly #gestures: Gestures;
  #shown: Shown | null = null;
  // False until the map was sent somewhere for the first time.
  #isPlaced = false;
  // Null as soon as a visitor has moved the map.
  #goal: Goal | null = null;
  // Where a section was tapped, until the page has gone into it.
  #tapped: { section: number; at: Point } | null = null;
  // The section of a seat that was tapped before its section was open: going into it moves nothing.
  #staying: number | null = null;

  constructor(target: HTMLElement, hall: Hall, events: Events) {
    this.#hall = hall;
    this.#events = events;
    this.#updates = new SeatUpdates(hall, events.onNews);
    this.#camera = new Camera(hall, (isMoving) => this.#onView(isMoving));
    this.#painter = new Painter(target, hall, this.cells, (now) => this.#onFrame(now));
    this.#gestures = this.#listen(target);
  }

  get cells(): Cells {
    return this.#updates.cells;
  }

  show(shown: Shown): void {
    this.#shown = shown;
    this.#paint();
  }

  states(states: Uint8Array): void {
    this.#updates.put(states);
    this.#paint();
  }

  /** `covers` are the parts of the page that lie over the map. */
  resize(size: Size, ratio: number, covers: readonly Box[]): void {
    const { middle, isWhole, view } = this.#camera;
    this.#camera.resize(size, covers);
    this.#painter.resize(size, ratio);
    if (!this.#isPlaced) return;
    if (this.#goal) {
      this.#isPlaced = false;
      this.#travel(this.#goal);
      return;
    }
    // A sheet that opens below must not lose the place.
    const k = Math.max(view.k, this.#camera.range[0]);
    this.#camera.place(isWhole ? this.#camera.whole : this.#camera.around(middle, k));
  }

  /** Goes to the whole hall. */
  leave(): void {
    this.#setOut({ section: null, at: null });
  }

  /**
   * Goes into a section, to where it has seats that can be chosen, and returns the first of them; null
   * if the seat that was tapped is in it, and the map stays where it is.
   */
  enter(section: number, grades: GradeFilter): number | null {
    const isStaying = this.#staying === section;
    this.#staying = null;
    if (isStaying) {
      this.#goal = null;
      return null;
    }
    const tapped = this.#tapped?.section === section ? this.#tapped.at : null;
    this.#tapped = null;
    const seat = startSeat(this.#hall, section, tapped, this.#wanted(grades));
    this.#setOut({ section, at: placeOf(this.#hall, seat) });
    return seat;
  }

  /**
   * The seats have come anew just after one went into a section. Returns the seat to begin with, and goes
   * there if no seat that can be chosen is in sight and no hand has moved the map.
   */
  enterAgain(section: number, grades: GradeFilter): number {
    const seat = startSeat(this.#hall, section, null, this.#wanted(grades));
    const isSeen = seesChoosable(this.#hall, this.#camera, section, this.cells, grades);
    if (this.#goal && !isSeen) {
      this.#setOut({ section, at: placeOf(this.#hall, seat) });
    }
    return seat;
  }

  zoom(direction: 1 | -1): void {
    this.#goal = null;
    const k = this.#camera.zoomed(direction);
    this.#go(this.#camera.around(this.#camera.middle, k), STEP_MS);
  }

  whole(): void {
    this.#go(this.#camera.whole, MOVE_MS);
  }

  /** Brings a seat into sight, large enough to be hit. */
  follow(seat: number): void {
    this.#goal = null;
    const { view, goal, size } = this.#camera;
    const at = placeOf(this.#hall, seat);
    const close = PITCH_TOUCH / this.#hall.pitch;
    // During a flight, the seat must be seen from where the flight ends.
    const from = goal ?? view;
    const near = from.k * this.#hall.pitch * SEAT_SHARE >= MOUSE_SEAT;
    const next = this.#camera.revealing(near ? from : centred(at, close, size, INSETS), at);
    if (next !== from) this.#go(next, goal ? MOVE_MS : STEP_MS);
  }

  followSection(section: number): void {
    const about = this.#hall.sections[section];
    const { view } = this.#camera;
    if (!about) return;
    const next = this.#camera.revealing(view, about.middle);
    if (next !== view) this.#go(next, STEP_MS);
  }

  close(): void {
    this.#gestures.close();
    this.#painter.close();
  }

  #listen(target: HTMLElement): Gestures {
    const camera = this.#camera;
    const taps = new Taps(this.#hall, camera, {
      section: () => this.#shown?.section ?? null,
      go: (view, milliseconds) => this.#go(view, milliseconds),
      onSeat: (seat) => this.#onSeat(seat),
      onSection: (section, at) => this.#onSection(section, at),
    });
    return new Gestures(target, {
      view: () => camera.view,
      range: () => camera.range,
      clamp: (view) => camera.clamp(view),
      onGrasp: () => {
        this.#goal = null;
        this.#staying = null;
        camera.grasp();
      },
      onView: (view) => camera.place(view),
      onRelease: () => camera.release(),
      onTap: (x, y, fine) => taps.tap(x, y, fine),
      onDoubleTap: (x, y) => taps.doubleTap(x, y),
    });
  }

  #onFrame(now: number): void {
    this.#camera.step(now);
    const changes = this.#updates.take();
    if (changes.length > 0) this.#painter.change(changes);
    // Legend, names and drawing show one count: all of them follow in the same beat.
    if (this.#updates.tell(now)) this.#painter.recount();
    // News that must wait need another frame to be told in.
    if (this.#updates.isNewsDue) this.#paint();
  }

  #onView(isMoving: boolean): void {
    this.#paint();
    if (!isMoving) this.#events.onRest(this.#camera.view);
  }

  #onSeat(seat: number): void {
    const section = this.#hall.section[seat] as number;
    if (section !== this.#shown?.section) this.#staying = section;
    this.#events.onSeat(seat);
  }

  #onSection(section: number, at: Point): void {
    // The page has to agree to another section; the present one only comes nearer.
    if (section === this.#shown?.section) {
      this.#setOut({ section, at });
      return;
    }
    this.#tapped = { section, at };
    this.#events.onSection(section);
  }

  #wanted(grades: GradeFilter): (seat: number) => boolean {
    return (seat) => isChoosable(this.#hall, this.cells, seat, grades);
  }

  #paint(): void {
    const { view, goal, isMoving } = this.#camera;
    if (!this.#shown) return;
    const minimap = this.#camera.minimapAt(view);
    this.#painter.show({ ...this.#shown, view, moving: isMoving, target: goal, minimap });
  }

  #go(to: View, milliseconds: number): void {
    this.#camera.go(to, this.#shown?.reducedMotion ? 0 : milliseconds);
  }

  #setOut(goal: Goal): void {
    this.#travel(goal);
    this.#goal = goal;
  }

  #travel({ section, at }: Goal): void {
    // The first time there is nothing to move from.
    const milliseconds = this.#isPlaced ? MOVE_MS : 0;
    this.#isPlaced = true;
    this.#go(viewInto(this.#hall, this.#camera, section, at), milliseconds);
  }
}
