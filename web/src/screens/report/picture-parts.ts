// What pictures are drawn from: text that fits, rounded boxes, the mark.
type Pen = CanvasRenderingContext2D;

type Place = { x: number; y: number; wide: number; size: number; weight: number; face: string };

/** Below this share of its size a text would no longer be read: what is longer still is pressed together. */
const SIZE_SHARE_MIN = 0.5;

/** Writes one line from the left, smaller where it would be wider than its place. */
export function fitted(pen: Pen, text: string, place: Place): void {
  const { x, y, wide, weight, face } = place;
  const set = (size: number) => {
    pen.font = `${weight} ${size}px ${face}`;
  };
  pen.textAlign = "left";
  pen.textBaseline = "alphabetic";
  set(place.size);
  const share = Math.max(SIZE_SHARE_MIN, Math.min(1, wide / pen.measureText(text).width));
  set(Math.floor(place.size * share));
  pen.fillText(text, x, y, wide);
}

type Box = { x: number; y: number; width: number; height: number };

/** Begins a path around a box with round corners. */
export function rounded(pen: Pen, { x, y, width, height }: Box, radius: number): void {
  pen.beginPath();
  pen.roundRect(x, y, width, height, radius);
}

const GRAPES: readonly [x: number, y: number][] = [
  [-16, 0],
  [0, 0],
  [16, 0],
  [-8, 14],
  [8, 14],
  [0, 28],
];

/** The cluster of the brand, its topmost grape at a place. */
export function mark(pen: Pen, x: number, y: number, scale: number, color: string): void {
  pen.fillStyle = color;
  for (const [right, down] of GRAPES) {
    pen.beginPath();
    pen.arc(x + right * scale, y + (down + 4) * scale, 7 * scale, 0, Math.PI * 2);
    pen.fill();
  }
  pen.strokeStyle = "#7fd0a4";
  pen.lineWidth = 3.5 * scale;
  pen.lineCap = "round";
  pen.beginPath();
  pen.moveTo(x, y - 4 * scale);
  pen.quadraticCurveTo(x + 1 * scale, y - 13 * scale, x + 9 * scale, y - 16 * scale);
  pen.stroke();
}
