// The middle distance: every section in sight as a picture of its own, redrawn when the zoom has
// moved far from the one it was made for, and patched when a seat changes.
import type { Cells, GradeFilter } from "../plan/cells";
import { grown, type Point } from "../plan/geometry";
import type { Hall } from "../plan/plan";
import { lookOf } from "./paint-scene";
import { canvasOf, type Sprites } from "./sprites";
import type { Pen } from "./surface";

export type BitmapScene = {
  cells: Cells;
  grades: GradeFilter;
  sprites: Sprites;
  /** Device pixels a centimetre. */
  k: number;
};

export type Bitmap = {
  canvas: HTMLCanvasElement;
  sprites: Sprites;
  scale: number;
  left: number;
  top: number;
  used: number;
  /** The first seat that is not in it yet. */
  next: number;
};

const PIXELS_KEPT = 6_000_000;
// Seats between two looks at the clock.
const SEATS_A_LOOK = 24;

/** Keeps a picture of each section that is in sight. */
export class Bitmaps {
  readonly #hall: Hall;
  readonly #made = new Map<number, Bitmap>();
  // Counts the questions, to tell which picture was asked for longest ago.
  #clock = 0;

  constructor(hall: Hall) {
    this.#hall = hall;
  }

  /**
   * The picture of a section at this scale. It is made as far as the time until then allows; null if
   * it is not all there.
   */
  get(section: number, about: BitmapScene, until: number): Bitmap | null {
    this.#clock += 1;
    let bitmap = this.#made.get(section) ?? null;
    if (bitmap?.scale !== about.k) {
      if (performance.now() >= until) return null;
      bitmap = this.#begin(section, about);
      if (bitmap) this.#made.set(section, bitmap);
      forget(this.#made);
    }
    if (!bitmap) return null;
    bitmap.used = this.#clock;
    const end = this.#hall.sections[section]?.seatTo ?? 0;
    return this.#goOn(bitmap, end, about, until) ? bitmap : null;
  }

  /** Draws changed seats anew in the pictures that show them. */
  patch(seats: Iterable<number>, cells: Cells, grades: GradeFilter): void {
    for (const seat of seats) {
      const bitmap = this.#made.get(this.#hall.section[seat] as number);
      const pen = bitmap?.canvas.getContext("2d");
      if (!bitmap || !pen || seat >= bitmap.next) continue;
      this.#wipe(pen, seat, bitmap);
      this.#put(pen, seat, bitmap, cells, grades);
    }
  }

  clear(): void {
    this.#made.clear();
  }

  #begin(section: number, about: BitmapScene): Bitmap | null {
    const info = this.#hall.sections[section];
    if (!info) return null;
    const scale = about.k;
    const box = grown(info.box, info.pitch);
    const canvas = canvasOf((box.right - box.left) * scale, (box.bottom - box.top) * scale);
    const { left, top } = box;
    const { sprites } = about;
    return { canvas, sprites, scale, left, top, used: this.#clock, next: info.seatFrom };
  }

  // True when all of it is there.
  #goOn(bitmap: Bitmap, end: number, about: BitmapScene, until: number): boolean {
    const pen = bitmap.canvas.getContext("2d");
    if (!pen) return true;
    while (bitmap.next < end && performance.now() < until) {
      const stop = Math.min(end, bitmap.next + SEATS_A_LOOK);
      for (; bitmap.next < stop; bitmap.next += 1) {
        this.#put(pen, bitmap.next, bitmap, about.cells, about.grades);
      }
    }
    return bitmap.next >= end;
  }

  #put(pen: Pen, seat: number, bitmap: Bitmap, cells: Cells, grades: GradeFilter): void {
    const look = lookOf(this.#hall, cells, seat, grades);
    const [grade, kind] = [this.#hall.grade[seat] as number, this.#hall.kind[seat] as number];
    const sprite = bitmap.sprites.get(look, grade, kind, null);
    const half = bitmap.sprites.size / 2;
    const { x, y } = this.#placeOf(seat, bitmap);
    pen.drawImage(sprite, x - half, y - half);
  }

  #wipe(pen: Pen, seat: number, bitmap: Bitmap): void {
    const { x, y } = this.#placeOf(seat, bitmap);
    pen.globalCompositeOperation = "destination-out";
    pen.beginPath();
    // Reaches to the slit and not into the neighbour.
    pen.arc(x, y, bitmap.sprites.pitch * 0.49, 0, Math.PI * 2);
    pen.fill();
    pen.globalCompositeOperation = "source-over";
  }

  #placeOf(seat: number, { left, top, scale }: Bitmap): Point {
    const [x, y] = [this.#hall.x[seat] as number, this.#hall.y[seat] as number];
    return { x: (x - left) * scale, y: (y - top) * scale };
  }
}

// Drops the pictures that were asked for longest ago, beyond as many pixels as are kept.
function forget(made: Map<number, Bitmap>): void {
  let pixels = 0;
  const byUse = [...made].sort((a, b) => b[1].used - a[1].used);
  for (const [section, bitmap] of byUse) {
    pixels += bitmap.canvas.width * bitmap.canvas.height;
    if (pixels > PIXELS_KEPT) made.delete(section);
  }
}
