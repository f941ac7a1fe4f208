// The middle distance: every section in sight as a picture of its own, redrawn when the zoom has
// moved far from the one it was made for, and patched when a seat changes.
import type { Cells, GradeFilter } from "./cells";
import { grown } from "./geometry";
import { lookOf } from "./paint-scene";
import type { Hall } from "./plan";
import { canvasOf, type Sprites } from "./sprites";

export type Bitmaps = {
  // The picture of a section at this scale, made if `mayMake`; null if it is not there.
  get: (section: number, about: BitmapScene, mayMake: boolean) => Bitmap | null;
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
};

const PIXELS_KEPT = 6_000_000;
export const FAINT = 0.38;

export function createBitmaps(hall: Hall): Bitmaps {
  const made = new Map<number, Bitmap>();
  let clock = 0;

  const build = (section: number, about: BitmapScene): Bitmap | null => {
    const info = hall.sections[section];
    if (!info) return null;
    const scale = about.k;
    const margin = info.pitch;
    const box = grown(info.box, margin);
    const canvas = canvasOf((box.right - box.left) * scale, (box.bottom - box.top) * scale);
    const pen = canvas.getContext("2d");
    if (!pen) return null;
    const half = about.sprites.size / 2;
    for (let seat = info.seatFrom; seat < info.seatTo; seat += 1) {
      const look = lookOf(hall, about.cells, seat, about.grades);
      const sprite = about.sprites.get(
        look,
        hall.grade[seat] as number,
        hall.kind[seat] as number,
        null,
      );
      pen.drawImage(
        sprite,
        ((hall.x[seat] as number) - box.left) * scale - half,
        ((hall.y[seat] as number) - box.top) * scale - half,
      );
    }
    return { canvas, sprites: about.sprites, scale, left: box.left, top: box.top, used: clock };
  };

  return {
    get: (section, about, mayMake) => {
      clock += 1;
      let bitmap = made.get(section) ?? null;
      if (bitmap?.scale !== about.k) {
        if (!mayMake) return null;
        bitmap = build(section, about);
        if (bitmap) made.set(section, bitmap);
        forget(made);
      }
      if (bitmap) bitmap.used = clock;
      return bitmap;
    },
    patch: (seats, cells, grades) => {
      for (const seat of seats) {
        const bitmap = made.get(hall.section[seat] as number);
        const pen = bitmap?.canvas.getContext("2d");
        if (!bitmap || !pen) continue;
        const x = ((hall.x[seat] as number) - bitmap.left) * bitmap.scale;
        const y = ((hall.y[seat] as number) - bitmap.top) * bitmap.scale;
        pen.globalCompositeOperation = "destination-out";
        pen.beginPath();
        // Reaches to the slit and not into the neighbour.
        pen.arc(x, y, bitmap.sprites.pitch * 0.49, 0, Math.PI * 2);
        pen.fill();
        pen.globalCompositeOperation = "source-over";
        const look = lookOf(hall, cells, seat, grades);
        const half = bitmap.sprites.size / 2;
        const sprite = bitmap.sprites.get(
          look,
          hall.grade[seat] as number,
          hall.kind[seat] as number,
          null,
        );
        pen.drawImage(sprite, x - half, y - half);
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
