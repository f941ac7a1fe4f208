// The picture of a win: the show, the hall with the seat lit, and a few figures. Drawn here, with no person's name.
import { fitted, mark, rounded } from "./picture-parts";

/** All words of the picture, in the reader's language. */
export type PictureWords = {
  brand: string;
  show: string;
  won: string;
  seat: string;
  figures: readonly [name: string, value: string][];
  /** That it is practice, so that nobody takes it for a ticket. */
  notice: string;
};

/** As tall as a post may be where pictures are shared. */
export const PICTURE = { width: 1080, height: 1350 } as const;
/** Where the hall stands. */
export const HALL = { x: 60, y: 336, width: 960, height: 660 } as const;

const INK = "#f8f3fc";
const SOFT = "#c3b4d3";
const GRAPE = "#cfa5f5";
const LEFT = 64;
const WIDE = PICTURE.width - 2 * LEFT;

/** `face` is the typeface of the page. */
export function drawPicture(
  hall: CanvasImageSource,
  words: PictureWords,
  face: string,
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = PICTURE.width;
  canvas.height = PICTURE.height;
  const pen = canvas.getContext("2d");
  if (!pen) return canvas;
  drawGround(pen);
  mark(pen, LEFT + 20, 58, 1.2, GRAPE);
  pen.fillStyle = INK;
  fitted(pen, words.brand, { x: LEFT + 62, y: 98, wide: 300, size: 40, weight: 800, face });
  pen.fillStyle = SOFT;
  fitted(pen, words.show, { x: LEFT, y: 298, wide: WIDE, size: 40, weight: 600, face });
  pen.fillStyle = INK;
  fitted(pen, words.won, { x: LEFT, y: 228, wide: WIDE, size: 100, weight: 800, face });
  pen.save();
  rounded(pen, HALL, 36);
  pen.fillStyle = "#14101a";
  pen.fill();
  pen.clip();
  pen.drawImage(hall, HALL.x, HALL.y, HALL.width, HALL.height);
  pen.restore();
  pen.fillStyle = GRAPE;
  fitted(pen, words.seat, { x: LEFT, y: 1076, wide: WIDE, size: 64, weight: 800, face });
  drawFigures(pen, words.figures, face);
  pen.fillStyle = "#ffffff26";
  pen.fillRect(LEFT, 1248, WIDE, 2);
  pen.fillStyle = SOFT;
  fitted(pen, words.notice, { x: LEFT, y: 1304, wide: WIDE, size: 32, weight: 500, face });
  return canvas;
}

function drawGround(pen: CanvasRenderingContext2D): void {
  const ground = pen.createLinearGradient(0, 0, PICTURE.width, PICTURE.height);
  ground.addColorStop(0, "#34204a");
  ground.addColorStop(0.5, "#1e1429");
  ground.addColorStop(1, "#2a1740");
  pen.fillStyle = ground;
  pen.fillRect(0, 0, PICTURE.width, PICTURE.height);
}

function drawFigures(
  pen: CanvasRenderingContext2D,
  figures: PictureWords["figures"],
  face: string,
): void {
  const wide = WIDE / Math.max(1, figures.length);
  for (const [at, [name, value]] of figures.entries()) {
    const x = LEFT + at * wide;
    pen.fillStyle = SOFT;
    fitted(pen, name, { x, y: 1146, wide: wide - 24, size: 30, weight: 500, face });
    pen.fillStyle = INK;
    fitted(pen, value, { x, y: 1214, wide: wide - 24, size: 58, weight: 800, face });
  }
}
