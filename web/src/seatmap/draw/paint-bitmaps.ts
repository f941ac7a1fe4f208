// The middle distance: every section in sight as a picture of its own, redrawn when the zoom has
// moved far from the one it was made for, and patched when a seat changes.
import type { Cells, GradeFilter } from "../plan/cells";
import { grown } from "../plan/geometry";
import type { Hall } from "../plan/plan";
import { lookOf, type Pen } from "./paint-scene";
import { canvasOf, type Sprites } from "./sprites";

export type Bitmaps = {
  // The picture of a section at this scale, made as far as the time until then allows; null if it
  // is not all there.
  get: (section: number, about: BitmapScene, until: number) => Bitmap | null;
  patch: (seats: Iterable<number>, cells: Cells, grades: GradeFilter) => void;
  clear: () => void;
};

export type BitmapScene = {
  cells: Cells;
  grades: GradeFilter;
  sprites: Sprites;
  // Device pixels a centimetre.
  k: number;
};

export type Bitmap = {
  canvas: HTMLCanvasElement;
  sprites: Sprites;
  scale: number;
  left: number;
  top: number;
  used: number;
  // The first seat that is not in it yet.
  next: number;
};

const PIXELS_KEPT = 6_000_000;
// Seats between two looks at the clock.
const SEATS_A_LOOK = 24;
export const FAINT = 0.38;

export function createBitmaps(hall: Hall): Bitmaps {
  const made = new Map<number, Bitmap>();
  let clock = 0;

  const begin = (section: number, about: BitmapScene): Bitmap | null => {
    const info = hall.sections[section];
    if (!info) return null;
    const scale = about.k;
    const box = grown(info.box, info.pitch);
    const canvas = canvasOf((box.right - box.left) * scale, (box.bottom - box.top) * scale);
    const { left, top } = box;
    const { sprites } = about;
    return { canvas, sprites, scale, left, top, used: clock, next: info.seatFrom };
  };

  const put = (pen: Pen, seat: number, bitmap: Bitmap, cells: Cells, grades: GradeFilter): void => {
    const look = lookOf(hall, cells, seat, grades);
    const grade = hall.grade[seat] as number;
    const sprite = bitmap.sprites.get(look, grade, hall.kind[seat] as number, null);
    const half = bitmap.sprites.size / 2;
    const x = ((hall.x[seat] as number) - bitmap.left) * bitmap.scale - half;
    pen.drawImage(sprite, x, ((hall.y[seat] as number) - bitmap.top) * bitmap.scale - half);
  };

  // True when all of it is there.
  const goOn = (bitmap: Bitmap, end: number, about: BitmapScene, until: number): boolean => {
    const pen = bitmap.canvas.getContext("2d");
    if (!pen) return true;
    while (bitmap.next < end && performance.now() < until) {
      const stop = Math.min(end, bitmap.next + SEATS_A_LOOK);
      for (; bitmap.next < stop; bitmap.next += 1) {
        put(pen, bitmap.next, bitmap, about.cells, about.grades);
      }
    }
    return bitmap.next >= end;
  };

  return {
    get: (section, about, until) => {
      clock += 1;
      let bitmap = made.get(section) ?? null;
      if (bitmap?.scale !== about.k) {
        if (performance.now() >= until) return null;
        bitmap = begin(section, about);
        if (bitmap) made.set(section, bitmap);
        forget(made);
      }
      if (!bitmap) return null;
      bitmap.used = clock;
      return goOn(bitmap, hall.sections[section]?.seatTo ?? 0, about, until) ? bitmap : null;
    },
    patch: (seats, cells, grades) => {
      for (const seat of seats) {
        const bitmap = made.get(hall.section[seat] as number);
        const pen = bitmap?.canvas.getContext("2d");
        if (!bitmap || !pen || seat >= bitmap.next) continue;
        const x = ((hall.x[seat] as number) - bitmap.left) * bitmap.scale;
        const y = ((hall.y[seat] as number) - bitmap.top) * bitmap.scale;
        pen.globalCompositeOperation = "destination-out";
        pen.beginPath();
        // Reaches to the slit and not into the neighbour.
        pen.arc(x, y, bitmap.sprites.pitch * 0.49, 0, Math.PI * 2);
        pen.fill();
        pen.globalCompositeOperation = "source-over";
        put(pen, seat, bitmap, cells, grades);
      }
    },
    clear: () => made.clear(),
  };
}

function forget(made: Map<number, Bitmap>): void {
  let pixels = 0;
  const byUse = [...made].sort((a, b) => b[1].used - a[1].used);
  for (const [section, bitmap] of byUse) {
    pixels += bitmap.canvas.width * bitmap.canvas.height;
    if (pixels > PIXELS_KEPT) made.delete(section);
  }
}
