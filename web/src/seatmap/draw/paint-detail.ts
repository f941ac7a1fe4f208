// The sharp picture on the page: painted when the view rests, or in advance for where a flight ends,
// with some room around it. While a hand moves, the browser moves it over the picture of the whole
// hall.
import type { Cells } from "../plan/cells";
import type { Hall } from "../plan/plan";
import type { Size, View } from "../view/viewport";
import { Bitmaps } from "./paint-bitmaps";
import type { Blocks } from "./paint-blocks";
import { MARGIN, paintedAt } from "./paint-level";
import type { Scene } from "./paint-scene";
import { Picture } from "./picture";
import { createSheet } from "./sheet";
import { createSprites, type Sprites } from "./sprites";

// How long one frame may paint. Handing the result to the screen takes the browser about twice as long
// again.
const WORK_MS = 4;

/** Owns the canvas, and decides when a picture is handed over to the page. */
export class Detail {
  readonly #hall: Hall;
  readonly #cells: Cells;
  readonly #blocks: Blocks;
  readonly #bitmaps: Bitmaps;
  readonly #sheet = createSheet();
  readonly #pen = this.#sheet.canvas.getContext("2d");
  #size: Size = { width: 1, height: 1 };
  #ratio = 1;
  #sprites: Sprites | null = null;
  #picture: Picture | null = null;
  #placed: View | null = null;
  // Something was painted since the last `flush`.
  #isDirty = false;

  constructor(hall: Hall, cells: Cells, blocks: Blocks) {
    this.#hall = hall;
    this.#cells = cells;
    this.#blocks = blocks;
    this.#bitmaps = new Bitmaps(hall);
  }

  get shown(): HTMLCanvasElement {
    return this.#sheet.shown;
  }

  /** The view that was painted last; it differs from `placed` until it is handed over. */
  get painted(): View | null {
    return this.#picture?.view ?? null;
  }

  /** The view of the picture that is on the page. */
  get placed(): View | null {
    return this.#placed;
  }

  /** Whether the picture has strips without anything. */
  get isPartial(): boolean {
    return this.#picture?.isPartial ?? false;
  }

  /** Whether every seat is drawn by itself: then a seat can become one's own in the same picture. */
  get isClose(): boolean {
    return this.#picture?.isClose ?? false;
  }

  resize(size: Size, ratio: number): void {
    const { canvas, shown } = this.#sheet;
    this.#size = size;
    this.#ratio = ratio;
    canvas.width = Math.round((size.width + 2 * MARGIN) * ratio);
    canvas.height = Math.round((size.height + 2 * MARGIN) * ratio);
    shown.style.width = `${size.width + 2 * MARGIN}px`;
    shown.style.height = `${size.height + 2 * MARGIN}px`;
    this.#picture = null;
    this.#placed = null;
  }

  /** Begins a picture, or makes it at once. True if anything is still missing. */
  paint(scene: Scene, view: View, baseScale: number, isAtOnce: boolean): boolean {
    const pen = this.#pen;
    if (!pen) return false;
    const [hall, cells, size, ratio] = [this.#hall, this.#cells, this.#size, this.#ratio];
    const sprites = this.#spritesFor(scene, hall.pitch * view.k * ratio);
    const painted = paintedAt(scene, view, sprites, { hall, cells, size, ratio, baseScale });
    const tools = { pen, hall, blocks: this.#blocks, bitmaps: this.#bitmaps, ratio };
    this.#picture = new Picture(tools, view, painted);
    this.#isDirty = true;
    this.#picture.paintStrips(isAtOnce ? Infinity : performance.now() + WORK_MS);
    return this.#picture.isUnfinished;
  }

  /** Goes on with what was missing. True if anything still is. */
  more(): boolean {
    const until = performance.now() + WORK_MS;
    const picture = this.#picture;
    if (!picture?.isUnfinished) return false;
    this.#isDirty = true;
    if (picture.isPartial) picture.paintStrips(until);
    else picture.fillIn(until);
    return picture.isUnfinished;
  }

  /** Shows what was painted since, unless a strip is missing. */
  flush(): void {
    if (!this.#picture || this.isPartial) return;
    if (this.#isDirty) this.#sheet.flush();
    this.#isDirty = false;
    this.#placed = this.#picture.view;
  }

  /** Paints other seats as one's own. */
  remark(scene: Scene): void {
    this.#picture?.remark(scene);
    this.#isDirty = true;
  }

  /** Paints seats that have changed or are fading over what was there. */
  patch(seats: Iterable<number>, fading: ReadonlyMap<number, number>): void {
    if (this.#picture?.patch(seats, fading)) this.#isDirty = true;
  }

  /** Drops what was made for other colours or another filter. */
  forget(): void {
    this.#sprites = null;
    this.#bitmaps.clear();
  }

  /** Puts changed seats into the pictures of their sections. */
  changed(seats: readonly number[], scene: Scene): void {
    this.#bitmaps.patch(seats, this.#cells, scene.grades);
  }

  #spritesFor(scene: Scene, pitch: number): Sprites {
    if (this.#sprites?.pitch !== pitch) this.#sprites = createSprites(pitch, scene.palette);
    return this.#sprites;
  }
}
