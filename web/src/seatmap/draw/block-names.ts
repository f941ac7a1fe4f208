// The names of sections with the number of seats left, and the name of the stage.

import { formatNumber } from "#/i18n/format";
import { m } from "#/paraglide/messages";
import type { Box } from "../plan/geometry";
import type { Hall } from "../plan/plan";
import type { BlockScene } from "./paint-scene";
import type { Pen } from "./surface";

/** What the name of a section needs: where it stands, on what, and how much room there is. */
export type SectionSign = {
  /** "1층 A", or "A" where the hall has one floor. */
  name: string;
  /** The same in two lines, for a narrow section: null where one word says it. */
  parts: readonly [floor: string, label: string] | null;
  free: number;
  ground: string;
  x: number;
  y: number;
  /** From the middle to the nearest edge, in CSS pixels. */
  room: number;
};

type Line = { text: string; size: number; weight: number };

const NAME_LARGEST = 14;
const NAME_SMALLEST = 8;
const SMALL_SHARE = 0.8;
const LINE_HIGH = 1.15;
// From this room on the number of seats fits below the name.
const ROOM_FOR_COUNT = NAME_LARGEST * 1.35;

/** Writes on a plate of the ground: a rim around each letter takes ten times as long. */
export function drawSectionName(pen: Pen, sign: SectionSign, about: BlockScene): void {
  const { palette } = about;
  const lines = linesOf(pen, sign, about);
  if (lines.length === 0) return;
  const wide = Math.max(...lines.map((line) => widthOf(pen, line, palette.face)));
  const high = lines.reduce((sum, { size }) => sum + size * LINE_HIGH, 0);
  pen.fillStyle = sign.ground;
  pen.beginPath();
  pen.roundRect(sign.x - wide / 2 - 3, sign.y - high / 2 - 1, wide + 6, high + 2, 4);
  pen.fill();
  pen.fillStyle = sign.free === 0 ? palette.soft : palette.ink;
  let y = sign.y - high / 2;
  for (const line of lines) {
    pen.font = fontOf(line, palette.face);
    pen.fillText(line.text, sign.x, y + (line.size * LINE_HIGH) / 2);
    y += line.size * LINE_HIGH;
  }
}

// The name in one line or in two, whichever has room, and the number of seats below it; nothing where
// neither has.
function linesOf(pen: Pen, sign: SectionSign, about: BlockScene): Line[] {
  const { face } = about.palette;
  const size = largestOf(pen, sign.name, sign.room, face);
  const lines = [{ text: sign.name, size, weight: 600 }];
  if (size < NAME_SMALLEST && sign.parts) lines.splice(0, 1, ...twoLinesOf(pen, sign, face));
  if (lines.some((line) => line.size < NAME_SMALLEST)) return [];
  if (sign.room > ROOM_FOR_COUNT) {
    const text = leftOf(sign.free, about);
    lines.push({ text, size: NAME_LARGEST * SMALL_SHARE, weight: 500 });
  }
  return lines;
}

function twoLinesOf(pen: Pen, { parts, room }: SectionSign, face: string): Line[] {
  const [floor, label] = parts ?? ["", ""];
  // Two lines are twice as high: the room is a circle.
  const size = Math.min(largestOf(pen, floor, room * 0.85, face), room * 0.85);
  return [
    { text: floor, size, weight: 500 },
    { text: label, size, weight: 600 },
  ];
}

// The largest size at which a line is no wider than the room.
function largestOf(pen: Pen, text: string, room: number, face: string): number {
  const wide = widthOf(pen, { text, size: NAME_LARGEST, weight: 600 }, face);
  return Math.min(NAME_LARGEST, room, (NAME_LARGEST * 2 * room) / Math.max(1, wide));
}

function widthOf(pen: Pen, line: Line, face: string): number {
  pen.font = fontOf(line, face);
  return pen.measureText(line.text).width;
}

function fontOf({ size, weight }: Line, face: string): string {
  return `${weight} ${size}px ${face}`;
}

function leftOf(free: number, { language }: BlockScene): string {
  if (free === 0) return "–";
  return m.map_seats_short({ count: formatNumber(language, free) }, { locale: language });
}

export function drawStageName(
  pen: Pen,
  shape: Hall["stage"]["shape"],
  box: Box,
  { view, palette, language }: BlockScene,
): void {
  const wide = (box.right - box.left) * view.k;
  const size = Math.max(9, Math.min(22, wide / 9));
  if (wide < 24) return;
  // The main deck is at the far end of a runway: its middle is a little way into the box.
  const y = shape === "thrust" ? 0.16 : 0.5;
  pen.font = `700 ${size}px ${palette.face}`;
  pen.fillStyle = palette.stageInk;
  pen.fillText(
    m.map_stage({}, { locale: language }),
    ((box.left + box.right) / 2) * view.k + view.x,
    (box.top + (box.bottom - box.top) * y) * view.k + view.y,
  );
}
