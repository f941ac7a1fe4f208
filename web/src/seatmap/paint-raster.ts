// The whole hall as one picture, a few pixels a seat: drawn with one copy when zoomed out, and under
// everything else until the finer picture is ready.
import { type Cells, FREE, type GradeFilter } from "./cells";
import { fromHex, mix, type Palette } from "./palette";
import type { Hall } from "./plan";
import { canvasOf } from "./sprites";

export type Raster = {
  readonly canvas: HTMLCanvasElement;
  // Pixels a centimetre.
  readonly scale: number;
  repaint: (cells: Cells, palette: Palette, grades: GradeFilter) => void;
  patch: (seats: Iterable<number>, cells: Cells, grades: GradeFilter) => void;
};

const SIDE_MAX = 1_600;
const PITCH_MAX = 8;

type Stamp = { colors: Uint32Array };

export function createRaster(hall: Hall, wanted: number): Raster {
  const side = Math.max(hall.width, hall.height);
  const scale = Math.min(Math.max(wanted, 600 / side), SIDE_MAX / side, PITCH_MAX / hall.pitch);
  const canvas = canvasOf(hall.width * scale, hall.height * scale);
  const pen = canvas.getContext("2d");
  const pitch = hall.pitch * scale;
  const wide = Math.max(1, Math.round(pitch * 0.92));
  const one = new ImageData(wide, wide);
  const onePixels = new Uint32Array(one.data.buffer);
  let stamps: Stamp[] = [];

  const lookOf = (seat: number, cells: Cells, grades: GradeFilter): Stamp => {
    const grade = hall.grade[seat] as number;
    const count = hall.grades.length;
    if (cells.state[seat] !== FREE) return stamps[2 * count] as Stamp;
    return stamps[grade + (grades && !grades.has(grade) ? count : 0)] as Stamp;
  };
  const left = (seat: number): number => Math.round((hall.x[seat] as number) * scale - wide / 2);
  const top = (seat: number): number => Math.round((hall.y[seat] as number) * scale - wide / 2);

  return {
    canvas,
    scale,
    repaint: (cells, palette, grades) => {
      if (!pen) return;
      stamps = stampsOf(hall, palette, wide, pitch);
      // Written as numbers and put down once: fifty thousand calls of fillRect take ten times as long.
      const image = new ImageData(canvas.width, canvas.height);
      const pixels = new Uint32Array(image.data.buffer);
      for (let seat = 0; seat < hall.seats; seat += 1) {
        const { colors } = lookOf(seat, cells, grades);
        let at = top(seat) * canvas.width + left(seat);
        for (let i = 0, y = 0; y < wide; y += 1, at += canvas.width - wide) {
          for (let x = 0; x < wide; x += 1, i += 1, at += 1) {
            if (colors[i] !== 0) pixels[at] = colors[i] as number;
          }
        }
      }
      pen.putImageData(image, 0, 0);
    },
    patch: (seats, cells, grades) => {
      for (const seat of seats) {
        onePixels.set(lookOf(seat, cells, grades).colors);
        pen?.putImageData(one, left(seat), top(seat));
      }
    },
  };
}

// Grades, then the same grades filtered away, then taken.
function stampsOf(hall: Hall, palette: Palette, wide: number, pitch: number): Stamp[] {
  const grades = hall.grades.map((_, grade) => palette.grades[grade] ?? palette.ink);
  const radius = pitch * 0.44;
  return [
    ...grades.map((color) => stamp(color, wide, radius, 1)),
    ...grades.map((color) => stamp(mix(color, palette.block, 0.72), wide, radius * 0.8, 0.8)),
    stamp(palette.taken, wide, radius * 0.5, 0.55),
  ];
}

function stamp(color: string, wide: number, radius: number, alpha: number): Stamp {
  const [red, green, blue] = fromHex(color);
  const colors = new Uint32Array(wide * wide);
  for (let y = 0; y < wide; y += 1) {
    for (let x = 0; x < wide; x += 1) {
      const away = Math.hypot(x + 0.5 - wide / 2, y + 0.5 - wide / 2);
      const cover = Math.min(1, Math.max(0, radius - away + 0.5)) * alpha;
      const opacity = Math.round(255 * (wide === 1 ? alpha : cover));
      // Little endian, as every machine that runs a browser is.
      colors[y * wide + x] = ((opacity << 24) | (blue << 16) | (green << 8) | red) >>> 0;
      if (opacity === 0) colors[y * wide + x] = 0;
    }
  }
  return { colors };
}
