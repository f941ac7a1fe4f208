// Draws the hall, once a frame and only while something changes. Four methods, so that another
// renderer could take its place.
import { type Cells, type Change, FREE } from "../plan/cells";
import { boxOfHall } from "../plan/hall-of";
import type { Hall } from "../plan/plan";
import { fit, type Size, type View } from "../view/viewport";
import { Fades } from "./fades";
import { FrameLoop, markSharpPicture } from "./frame-loop";
import { Minimap } from "./minimap";
import { Base } from "./paint-base";
import { Blocks } from "./paint-blocks";
import { Detail } from "./paint-detail";
import { MARGIN } from "./paint-level";
import { alike, type Scene } from "./paint-scene";
import { covers, isSameView, putAt } from "./placing";
import { Ruler } from "./ruler";
import { StagePointer } from "./stage-pointer";

const RATIO_MAX = 2;
// Frames between two sharp pictures while a hand does not rest.
const REPAINT_PAN_FRAMES = 24;
const REPAINT_ZOOM_FRAMES = 60;
// How far a zoom goes before that: a picture of another size is soft, but moves without a halt.
const REPAINT_ZOOM = 4;
// The minimap follows a hand in every so many frames.
const MINIMAP_FRAMES = 4;
// A picture that is painted in parts is handed over every so many frames.
const FLUSH_FRAMES = 6;
// How much sharper the picture of the whole hall is than it needs to be at rest.
const BASE_SHARPNESS = 1.25;

/** What one frame did to the sharp picture. */
type Work = {
  /** Painted so much that the frame has no time for anything else. */
  isHeavy: boolean;
  /** Something waits for this picture: it is handed over in the same frame. */
  isAwaited: boolean;
  /** Another frame is needed to finish it. */
  isUnfinished: boolean;
};

/** Shows a scene: the last that it was given, whenever a frame comes. */
export class Painter {
  readonly #field: HTMLElement;
  readonly #hall: Hall;
  readonly #cells: Cells;
  readonly #blocks: Blocks;
  readonly #detail: Detail;
  readonly #minimap: Minimap;
  readonly #ruler: Ruler;
  readonly #pointer: StagePointer;
  readonly #fades = new Fades();
  readonly #loop: FrameLoop;
  #base: Base | null = null;
  #size: Size = { width: 1, height: 1 };
  #ratio = 1;
  #scene: Scene | null = null;
  // The scene that the sharp picture shows.
  #shown: Scene | null = null;
  // Seats that have changed since the last frame, and those not yet in the picture of the whole hall.
  #waiting: number[] = [];
  readonly #coarse = new Set<number>();
  // Counts were told since areas were drawn from them; the counts in the sharp picture.
  #isRecountDue = false;
  #shownCounts = 0;
  // Frames drawn so far, and when the sharp picture was begun.
  #turn = 0;
  #paintedTurn = 0;
  // Painted, but not handed over yet.
  #isHeld = false;

  constructor(field: HTMLElement, hall: Hall, cells: Cells, onFrame: (now: number) => void) {
    this.#field = field;
    this.#hall = hall;
    this.#cells = cells;
    this.#loop = new FrameLoop((now) => {
      onFrame(now);
      return this.#scene !== null && this.#draw(this.#scene, now);
    });
    this.#blocks = new Blocks(hall);
    this.#detail = new Detail(hall, cells, this.#blocks);
    this.#minimap = new Minimap(hall);
    this.#ruler = new Ruler(hall);
    this.#pointer = new StagePointer(hall);
  }

  resize(size: Size, devicePixels: number): void {
    this.#size = size;
    this.#ratio = Math.min(RATIO_MAX, devicePixels);
    this.#detail.resize(size, this.#ratio);
    this.#loop.ask();
  }

  show(scene: Scene): void {
    this.#scene = scene;
    this.#loop.ask();
  }

  change(changes: readonly Change[]): void {
    for (const { seat, from } of changes) {
      this.#waiting.push(seat);
      if (from === FREE) this.#fades.start(seat);
      else this.#fades.stop(seat);
    }
    this.#loop.ask();
  }

  /** Draws areas and names from the counts as they are: called when the page is told of them too. */
  recount(): void {
    this.#isRecountDue = true;
    this.#loop.ask();
  }

  close(): void {
    this.#loop.close();
    this.#scene = null;
  }

  // True if another frame is needed.
  #draw(scene: Scene, now: number): boolean {
    this.#turn += 1;
    const base = this.#baseFor(scene);
    this.#apply(scene, base, now);
    const work = this.#paint(scene, base);
    const isHandedOver = this.#handOver(work);
    this.#put(scene, base, work.isHeavy || isHandedOver);
    const isRecounting = this.#isRecountDue && !scene.moving;
    return work.isHeavy || work.isUnfinished || isRecounting || !this.#fades.isEmpty;
  }

  #baseFor(scene: Scene): Base {
    this.#base ??= this.#firstBase();
    const base = this.#base;
    if (this.#shown?.palette === scene.palette && this.#shown.grades === scene.grades) return base;
    this.#detail.forget();
    this.#blocks.retint(this.#cells, scene.palette, scene.grades);
    base.repaint(this.#cells, scene.palette, scene.grades);
    this.#minimap.isStale = true;
    this.#coarse.clear();
    this.#isRecountDue = false;
    this.#waiting = [];
    this.#shown = null;
    return base;
  }

  #firstBase(): Base {
    const scale = fit(boxOfHall(this.#hall), this.#size).k * this.#ratio * BASE_SHARPNESS;
    const base = new Base(this.#hall, this.#blocks, scale);
    base.sheet.shown.className = "seatmap-canvas";
    this.#detail.shown.className = "seatmap-canvas";
    this.#minimap.canvas.className = "seatmap-minimap";
    this.#field.replaceChildren(
      base.sheet.shown,
      this.#detail.shown,
      this.#ruler.canvas,
      this.#pointer.element,
      this.#minimap.canvas,
    );
    return base;
  }

  // A seat that changed goes into every picture that shows it; no picture is drawn anew for it.
  #apply(scene: Scene, base: Base, now: number): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length > 0) {
      for (const seat of waiting) this.#coarse.add(seat);
      this.#detail.changed(waiting, scene);
    }
    const ended = this.#fades.step(now);
    const { shares } = this.#fades;
    if (this.#shown) {
      this.#detail.patch(waiting, shares);
      this.#detail.patch(shares.keys(), shares);
      this.#detail.patch(ended, shares);
    }
    if (this.#isRecountDue && !scene.moving) this.#refreshBase(scene, base);
  }

  #refreshBase(scene: Scene, base: Base): void {
    this.#blocks.retint(this.#cells, scene.palette, scene.grades);
    base.patch(this.#coarse, this.#cells);
    this.#coarse.clear();
    this.#isRecountDue = base.isStale;
    this.#minimap.isStale = true;
  }

  // Makes the sharp picture, goes on with it, or leaves it as it is.
  #paint(scene: Scene, base: Base): Work {
    const wanted = scene.target ?? scene.view;
    if (this.#needsPaint(scene, wanted)) {
      // A flight waits for its picture, and the first one is waited for; a hand must not feel it.
      const isAwaited = scene.target !== null || this.#detail.placed === null;
      const isUnfinished = this.#detail.paint(scene, wanted, base.scale, isAwaited);
      this.#shown = scene;
      this.#shownCounts = this.#blocks.version;
      this.#paintedTurn = this.#turn;
      return { isHeavy: !isAwaited, isAwaited, isUnfinished };
    }
    const isHeavy = this.#detail.isPartial;
    const isRemarked = this.#shown !== null && this.#shown.mine !== scene.mine && !scene.moving;
    if (!isHeavy && isRemarked) {
      this.#detail.remark(scene);
      this.#shown = scene;
      return { isHeavy, isAwaited: false, isUnfinished: false };
    }
    const isUnfinished = (isHeavy || !scene.moving) && this.#detail.more();
    return { isHeavy, isAwaited: false, isUnfinished };
  }

  #needsPaint(scene: Scene, wanted: View): boolean {
    const { painted, isClose } = this.#detail;
    if (!painted || !this.#shown) return true;
    if (scene.moving && !scene.target) {
      const by = scene.view.k / painted.k;
      const isZoomed = by > REPAINT_ZOOM || by < 1 / REPAINT_ZOOM;
      const rest = by === 1 ? REPAINT_PAN_FRAMES : REPAINT_ZOOM_FRAMES;
      const isRested = this.#turn - this.#paintedTurn > rest;
      return isRested && (isZoomed || !covers(painted, scene.view, this.#size));
    }
    const isOther = !isSameView(painted, wanted) || !alike(this.#shown, scene);
    const isRecounted = this.#shownCounts !== this.#blocks.version;
    return isOther || (!isClose && (isRecounted || this.#shown.mine !== scene.mine));
  }

  // Under a hand a new picture is painted in one frame and handed over in the next: both take their
  // time. True if it was due in this frame.
  #handOver({ isHeavy, isAwaited, isUnfinished }: Work): boolean {
    const isDue = isAwaited || (this.#isHeld && !isHeavy);
    const isFlushed = !isHeavy && (!isUnfinished || this.#turn % FLUSH_FRAMES === 0);
    if (isDue || isFlushed) this.#detail.flush();
    if (isDue) markSharpPicture();
    this.#isHeld = isHeavy;
    return isDue;
  }

  // Puts every picture where the view wants it.
  #put(scene: Scene, base: Base, isBusy: boolean): void {
    putAt(base.sheet.shown, scene.view, { k: base.scale, x: 0, y: 0 }, 0);
    const { placed } = this.#detail;
    if (placed) putAt(this.#detail.shown, scene.view, placed, MARGIN);
    const around = { ...scene, size: this.#size, ratio: this.#ratio };
    this.#ruler.draw(around);
    this.#pointer.draw(around);
    // Not in the frames that have a picture to make or to hand over.
    if (!scene.moving || (!isBusy && this.#turn % MINIMAP_FRAMES === 0)) {
      this.#minimap.draw({ ...around, picture: base.sheet.canvas });
    }
  }
}
