// Every seat of the hall as a dot of a few pixels, written as numbers and put down once: fifty
// thousand calls of fillRect take ten times as long.
import { type Cells, FREE, type GradeFilter } from "../plan/cells";
import type { Hall } from "../plan/plan";
import { fromHex, mix, type Palette } from "./palette";
import { canvasOf } from "./sprites";
import type { Pen } from "./surface";

export type DotLook = { palette: Palette; grades: GradeFilter; under: string };

const SIDE_MAX = 1_600;
const SIDE_MIN = 600;
const PITCH_MAX = 8;
const TAKEN_ALPHA = 0.55;
const GROUNDED_MAX = 500;

/** How a dot looks: free, free but filtered away, taken. */
const DOT_FREE = 0;
const DOT_FILTERED = 1;
const DOT_TAKEN = 2;
type Dot = typeof DOT_FREE | typeof DOT_FILTERED | typeof DOT_TAKEN;
// Radii of the dots, in pitches, in the order of their looks.
const RADII = [0.44, 0.35, 0.22];
const DOT_WIDE = 0.92;

/** Writes dots for all seats of a hall. */
export class Raster {
  /** Pixels a centimetre. */
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  readonly #hall: Hall;
  readonly #alpha: number;
  // Pixels from one side of a dot to the other.
  readonly #wide: number;
  readonly #covers: Float32Array[];
  // Dots on the ground of their section: few looks on few grounds, used for every change.
  readonly #grounded = new Map<string, ImageData>();

  constructor(hall: Hall, wanted: number, alpha: number) {
    const side = Math.max(hall.width, hall.height);
    const most = Math.min(SIDE_MAX / side, PITCH_MAX / hall.pitch);
    this.scale = Math.min(Math.max(wanted, SIDE_MIN / side), most);
    this.width = Math.ceil(hall.width * this.scale);
    this.height = Math.ceil(hall.height * this.scale);
    this.#hall = hall;
    this.#alpha = alpha;
    const pitch = hall.pitch * this.scale;
    this.#wide = Math.max(1, Math.round(pitch * DOT_WIDE));
    this.#covers = RADII.map((radius) => coverOf(this.#wide, pitch * radius));
  }

  /** All dots on nothing. */
  dots(cells: Cells, palette: Palette, grades: GradeFilter): HTMLCanvasElement {
    const image = new ImageData(this.width, this.height);
    const pixels = new Uint32Array(image.data.buffer);
    const stamps = this.#stamps(palette);
    for (let seat = 0; seat < this.#hall.seats; seat += 1) {
      const grade = this.#hall.grade[seat] as number;
      const dot = this.#dotOf(seat, cells, grades);
      this.#stamp(pixels, stamps[grade * RADII.length + dot] as Uint32Array, seat);
    }
    const canvas = canvasOf(this.width, this.height);
    canvas.getContext("2d")?.putImageData(image, 0, 0);
    return canvas;
  }

  /** One dot on the colour under it, over what was there. */
  put(pen: Pen, seat: number, cells: Cells, { palette, grades, under }: DotLook): void {
    const dot = this.#dotOf(seat, cells, grades);
    const color = colorOf(palette, this.#hall.grade[seat] as number, dot);
    pen.putImageData(this.#onGround(dot, color, under), this.#left(seat), this.#top(seat));
  }

  // One stamp for each grade and look.
  #stamps(palette: Palette): Uint32Array[] {
    return this.#hall.grades.flatMap((_, grade) =>
      this.#covers.map((cover, dot) =>
        stampOf(cover, colorOf(palette, grade, dot), this.#strength(dot)),
      ),
    );
  }

  #stamp(pixels: Uint32Array, stamp: Uint32Array, seat: number): void {
    const wide = this.#wide;
    let at = this.#top(seat) * this.width + this.#left(seat);
    for (let i = 0, y = 0; y < wide; y += 1, at += this.width - wide) {
      for (let x = 0; x < wide; x += 1, i += 1, at += 1) {
        if (stamp[i] !== 0) pixels[at] = stamp[i] as number;
      }
    }
  }

  #onGround(look: Dot, color: string, under: string): ImageData {
    const key = `${look}${color}${under}`;
    const known = this.#grounded.get(key);
    if (known) return known;
    const cover = this.#covers[look] as Float32Array;
    const strength = this.#strength(look);
    const dot = new ImageData(this.#wide, this.#wide);
    new Uint32Array(dot.data.buffer).set(
      Uint32Array.from(cover, (share) => packed(mix(under, color, share * strength), 255)),
    );
    if (this.#grounded.size >= GROUNDED_MAX) this.#grounded.clear();
    this.#grounded.set(key, dot);
    return dot;
  }

  #strength(dot: number): number {
    return dot === DOT_TAKEN ? this.#alpha * TAKEN_ALPHA : this.#alpha;
  }

  #left(seat: number): number {
    return Math.round((this.#hall.x[seat] as number) * this.scale - this.#wide / 2);
  }

  #top(seat: number): number {
    return Math.round((this.#hall.y[seat] as number) * this.scale - this.#wide / 2);
  }

  #dotOf(seat: number, cells: Cells, grades: GradeFilter): Dot {
    if (cells.state[seat] !== FREE) return DOT_TAKEN;
    const isOut = grades && !grades.has(this.#hall.grade[seat] as number);
    return isOut ? DOT_FILTERED : DOT_FREE;
  }
}

function colorOf(palette: Palette, grade: number, dot: number): string {
  const color = palette.grades[grade] ?? palette.ink;
  if (dot === DOT_TAKEN) return palette.taken;
  return dot === DOT_FILTERED ? mix(color, palette.block, 0.72) : color;
}

// How much of each pixel a round dot fills.
function coverOf(wide: number, radius: number): Float32Array {
  const cover = new Float32Array(wide * wide);
  for (let y = 0; y < wide; y += 1) {
    for (let x = 0; x < wide; x += 1) {
      const away = Math.hypot(x + 0.5 - wide / 2, y + 0.5 - wide / 2);
      cover[y * wide + x] = wide === 1 ? 1 : Math.min(1, Math.max(0, radius - away + 0.5));
    }
  }
  return cover;
}

function stampOf(cover: Float32Array, color: string, strength: number): Uint32Array {
  return Uint32Array.from(cover, (share) => {
    const opacity = Math.round(255 * share * strength);
    return opacity === 0 ? 0 : packed(color, opacity);
  });
}

// Little endian, as every machine that runs a browser is.
function packed(color: string, opacity: number): number {
  const [red, green, blue] = fromHex(color);
  return ((opacity << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
