// A hall drawn once, whole, without a hand that moves it; and the light around a seat of one's own.
import type { Language } from "#/api/types";
import { createCells, updateCells } from "../plan/cells";
import { boxOfHall } from "../plan/hall-of";
import type { Hall } from "../plan/plan";
import { fit, type Size, toScreen, type View, visibleBox } from "../view/viewport";
import { Base } from "./paint-base";
import { Blocks } from "./paint-blocks";
import type { Palette } from "./palette";
import type { Pen } from "./surface";

export type Still = {
  hall: Hall;
  /** As for the map; null shows every seat free. */
  states: Uint8Array | null;
  palette: Palette;
  language: Language;
  /** Of the drawing, in CSS pixels; and how many pixels of the canvas each has. */
  size: Size;
  ratio: number;
};

/** Draws the hall from the corner on, and tells where its seats lie. The pen is left drawing in CSS pixels. */
export function paintHall(pen: Pen, still: Still): View {
  const { hall, states, palette, language, size, ratio } = still;
  const cells = createCells(hall);
  if (states) updateCells(hall, cells, states);
  const view = fit(boxOfHall(hall), size);
  const blocks = new Blocks(hall);
  blocks.retint(cells, palette, null);
  const base = new Base(hall, blocks, view.k * ratio);
  base.repaint(cells, palette, null);
  const seen = visibleBox(view, size);
  const scene = { view, seen, ratio, palette, language, section: null, focus: null, tint: 1 };
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(base.sheet.canvas, view.x, view.y, hall.width * view.k, hall.height * view.k);
  blocks.drawNames(pen, scene);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  return view;
}

const GLOW_RADIUS = 44;
const SEAT_RADIUS = 5;

/** Lights the seat up: a glow, and the seat itself as a filled dot with a ring. */
export function paintGlow(
  pen: Pen,
  view: View,
  hall: Hall,
  seat: number,
  palette: Palette,
  scale = 1,
): void {
  const at = toScreen(view, { x: hall.x[seat] ?? 0, y: hall.y[seat] ?? 0 });
  const radius = GLOW_RADIUS * scale;
  const light = pen.createRadialGradient(at.x, at.y, 0, at.x, at.y, radius);
  light.addColorStop(0, `${palette.focus}cc`);
  light.addColorStop(0.35, `${palette.focus}55`);
  light.addColorStop(1, `${palette.focus}00`);
  pen.fillStyle = light;
  pen.beginPath();
  pen.arc(at.x, at.y, radius, 0, Math.PI * 2);
  pen.fill();
  pen.beginPath();
  pen.arc(at.x, at.y, SEAT_RADIUS * scale, 0, Math.PI * 2);
  pen.fillStyle = palette.mine;
  pen.fill();
  pen.lineWidth = 2 * scale;
  pen.strokeStyle = palette.mineInk;
  pen.stroke();
}
