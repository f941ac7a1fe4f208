// The middle distance: every section in sight as a picture of its own, redrawn when the zoom has
// moved far from the one it was made for, and patched when a seat changes.
import type { Cells, GradeFilter } from "./cells";
import { type Box, boxesMeet, grown } from "./geometry";
import { lookOf, type Pen } from "./paint-scene";
import type { Hall } from "./plan";
import { canvasOf, type Sprites } from "./sprites";

export type Bitmaps = {
  // Draws what is there and makes some of what is missing; true if more is left to make.
  draw: (pen: Pen, about: BitmapScene) => boolean;
  patch: (seats: Iterable<number>, cells: Cells, grades: GradeFilter) => void;
  clear: () => void;
};

export type BitmapScene = {
  cells: Cells;
  grades: GradeFilter;
  sprites: Sprites;
  // Device pixels a centimetre, and the origin of the plan in device pixels.
  k: number;
  x: number;
  y: number;
  seen: Box;
  moving: boolean;
  // The others are drawn faintly.
  section: number | null;
};

type Bitmap = {
  canvas: HTMLCanvasElement;
  sprites: Sprites;
  scale: number;
  left: number;
  top: number;
  used: number;
};

// Seats drawn into pictures in one frame, so that a slow machine keeps its frames.
const SEATS_MOVING = 350;
const SEATS_RESTING = 900;
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
    draw: (pen, about) => {
      clock += 1;
      let budget = about.moving ? SEATS_MOVING : SEATS_RESTING;
      let more = false;
      for (const [section, info] of hall.sections.entries()) {
        if (!boxesMeet(grown(info.box, info.pitch), about.seen)) continue;
        let bitmap = made.get(section);
        const off = bitmap ? bitmap.scale / about.k : 0;
        // At rest the picture must be exact; on the move anything between half and twice will do.
        const fits = about.moving ? off > 0.6 && off < 2.2 : off === 1;
        if (!fits) {
          const seats = info.seatTo - info.seatFrom;
          if (budget > 0) {
            budget -= seats;
            const fresh = build(section, about);
            if (fresh) made.set(section, fresh);
            bitmap = fresh ?? bitmap;
          } else {
            more = true;
          }
        }
        if (!bitmap) continue;
        bitmap.used = clock;
        const by = about.k / bitmap.scale;
        pen.globalAlpha = about.section === null || about.section === section ? 1 : FAINT;
        pen.drawImage(
          bitmap.canvas,
          about.x + bitmap.left * about.k,
          about.y + bitmap.top * about.k,
          bitmap.canvas.width * by,
          bitmap.canvas.height * by,
        );
      }
      pen.globalAlpha = 1;
      forget(made);
      return more;
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
    if (pixels > PIXELS_KEPT && bitmap.used !== byUse[0]?.[1].used) made.delete(section);
  }
}
