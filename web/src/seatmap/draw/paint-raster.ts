// Every seat of the hall as a dot of a few pixels, written as numbers and put down once: fifty
// thousand calls of fillRect take ten times as long.
import { type Cells, FREE, type GradeFilter } from "../plan/cells";
import type { Hall } from "../plan/plan";
import { fromHex, mix, type Palette } from "./palette";
import { canvasOf } from "./sprites";

export type Raster = {
  // Pixels a centimetre.
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  // All dots on nothing.
  dots: (cells: Cells, palette: Palette, grades: GradeFilter) => HTMLCanvasElement;
  // One dot on the colour under it, over what was there.
  put: (pen: CanvasRenderingContext2D, seat: number, cells: Cells, look: DotLook) => void;
};

export type DotLook = { palette: Palette; grades: GradeFilter; under: string };

const SIDE_MAX = 1_600;
const SIDE_MIN = 600;
const PITCH_MAX = 8;
const TAKEN_ALPHA = 0.55;
const GROUNDED_MAX = 500;

export function createRaster(hall: Hall, wanted: number, alpha: number): Raster {
  const side = Math.max(hall.width, hall.height);
  const scale = Math.min(
    Math.max(wanted, SIDE_MIN / side),
    SIDE_MAX / side,
    PITCH_MAX / hall.pitch,
  );
  const width = Math.ceil(hall.width * scale);
  const height = Math.ceil(hall.height * scale);
  const pitch = hall.pitch * scale;
  const wide = Math.max(1, Math.round(pitch * 0.92));
  const covers = [
    coverOf(wide, pitch * 0.44),
    coverOf(wide, pitch * 0.35),
    coverOf(wide, pitch * 0.22),
  ];

  // Dots on the ground of their section: few looks on few grounds, used for every change.
  const grounded = new Map<string, ImageData>();
  const onGround = (look: 0 | 1 | 2, color: string, under: string): ImageData => {
    const key = `${look}${color}${under}`;
    let dot = grounded.get(key);
    if (dot) return dot;
    const cover = covers[look] as Float32Array;
    const strength = look === 2 ? alpha * TAKEN_ALPHA : alpha;
    dot = new ImageData(wide, wide);
    new Uint32Array(dot.data.buffer).set(
      Uint32Array.from(cover, (share) => packed(mix(under, color, share * strength), 255)),
    );
    if (grounded.size >= GROUNDED_MAX) grounded.clear();
    grounded.set(key, dot);
    return dot;
  };

  const left = (seat: number): number => Math.round((hall.x[seat] as number) * scale - wide / 2);
  const top = (seat: number): number => Math.round((hall.y[seat] as number) * scale - wide / 2);
  // 0 free, 1 free but filtered away, 2 taken.
  const lookOf = (seat: number, cells: Cells, grades: GradeFilter): 0 | 1 | 2 => {
    if (cells.state[seat] !== FREE) return 2;
    return grades && !grades.has(hall.grade[seat] as number) ? 1 : 0;
  };

  return {
    scale,
    width,
    height,
    dots: (cells, palette, grades) => {
      const image = new ImageData(width, height);
      const pixels = new Uint32Array(image.data.buffer);
      const stamps = hall.grades.flatMap((_, grade) =>
        covers.map((cover, look) => stampOf(cover, colorOf(palette, grade, look), look, alpha)),
      );
      for (let seat = 0; seat < hall.seats; seat += 1) {
        const look = lookOf(seat, cells, grades);
        const stamp = stamps[(hall.grade[seat] as number) * 3 + look] as Uint32Array;
        let at = top(seat) * width + left(seat);
        for (let i = 0, y = 0; y < wide; y += 1, at += width - wide) {
          for (let x = 0; x < wide; x += 1, i += 1, at += 1) {
            if (stamp[i] !== 0) pixels[at] = stamp[i] as number;
          }
        }
      }
      const canvas = canvasOf(width, height);
      canvas.getContext("2d")?.putImageData(image, 0, 0);
      return canvas;
    },
    put: (pen, seat, cells, { palette, grades, under }) => {
      const look = lookOf(seat, cells, grades);
      const color = colorOf(palette, hall.grade[seat] as number, look);
      pen.putImageData(onGround(look, color, under), left(seat), top(seat));
    },
  };
}

function colorOf(palette: Palette, grade: number, look: number): string {
  const color = palette.grades[grade] ?? palette.ink;
  if (look === 2) return palette.taken;
  return look === 1 ? mix(color, palette.block, 0.72) : color;
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

function stampOf(cover: Float32Array, color: string, look: number, alpha: number): Uint32Array {
  const strength = look === 2 ? alpha * TAKEN_ALPHA : alpha;
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
