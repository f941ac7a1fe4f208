// The names of sections with the number of seats left, and the name of the stage.

import { formatNumber } from "#/i18n/format";
import { m } from "#/paraglide/messages";
import type { Box } from "../plan/geometry";
import type { Hall } from "../plan/plan";
import type { BlockScene } from "./paint-scene";
import type { Pen } from "./surface";

/** What the name of a section needs: where it stands, on what, and how much room there is. */
export type SectionSign = {
  label: string;
  free: number;
  ground: string;
  x: number;
  y: number;
  /** From the middle to the nearest edge, in CSS pixels. */
  room: number;
};

// Widths of a label of three letters and of four with a counter, in heights of its letters.
const LABEL_WIDE = 2;
const LABEL_LARGEST = 14;
const LABEL_SMALLEST = 8;
// From this room on the number of seats fits below the name.
const ROOM_FOR_COUNT = LABEL_LARGEST * 1.35;

/** Writes on a plate of the ground: a rim around each letter takes ten times as long. */
export function drawSectionName(pen: Pen, sign: SectionSign, about: BlockScene): void {
  const size = Math.min(LABEL_LARGEST, (2 * sign.room) / LABEL_WIDE);
  if (size < LABEL_SMALLEST) return;
  const { palette } = about;
  const { label, x, y } = sign;
  const left = sign.room > ROOM_FOR_COUNT ? leftOf(sign.free, about) : null;
  const first = `600 ${size}px ${palette.face}`;
  const second = `500 ${size * 0.8}px ${palette.face}`;
  pen.font = first;
  let wide = pen.measureText(label).width;
  if (left !== null) {
    pen.font = second;
    wide = Math.max(wide, pen.measureText(left).width);
  }
  const high = size * (left === null ? 1.15 : 2.2);
  pen.fillStyle = sign.ground;
  pen.beginPath();
  pen.roundRect(x - wide / 2 - size * 0.2, y - high / 2, wide + size * 0.4, high, size * 0.3);
  pen.fill();
  pen.fillStyle = sign.free === 0 ? palette.soft : palette.ink;
  if (left !== null) pen.fillText(left, x, y + size * 0.6);
  pen.font = first;
  pen.fillText(label, x, left === null ? y : y - size * 0.5);
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
