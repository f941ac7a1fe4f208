// Sections as areas with the tint of their grade, their names, and the stage.
import { type Cells, freeOf, type GradeFilter, gradeShown } from "../plan/cells";
import { type Box, boxesMeet, boxOf, distanceToEdge } from "../plan/geometry";
import { count } from "../plan/names";
import type { Hall } from "../plan/plan";
import { type Locale, WORDS } from "../plan/words";
import type { View } from "../view/viewport";
import { mix, type Palette } from "./palette";

export type Blocks = {
  readonly boxes: readonly Box[];
  // Tints follow the counts; called when those or the colours changed.
  retint: (cells: Cells, palette: Palette, grades: GradeFilter) => void;
  // All areas and the stage, one section, or with −1 the stage alone.
  draw: (pen: CanvasRenderingContext2D, about: BlockScene, only?: number) => void;
  // Around the section in focus.
  drawRing: (pen: CanvasRenderingContext2D, about: BlockScene) => void;
  // What lies under the seats of a section.
  fillOf: (section: number, tint: number) => string;
  pathOf: (section: number) => Path2D | undefined;
  drawNames: (pen: CanvasRenderingContext2D, about: BlockScene, only?: number) => void;
};

export type BlockScene = {
  view: View;
  seen: Box;
  // Device pixels a CSS pixel.
  ratio: number;
  palette: Palette;
  locale: Locale;
  section: number | null;
  focus: number | null;
  // 0: seats are drawn and areas are only ground; 1: areas carry the colour.
  tint: number;
};

// Widths of a label of three letters and of four with a counter, in heights of its letters.
const LABEL_WIDE = 2;
const LABEL_LARGEST = 14;
const LABEL_SMALLEST = 8;
// A little beyond the outline, in plan centimetres, so that corners are round and the seats at the
// edge stand on ground of their own. Two sections that share an aisle stay apart.
const GROWN = 18;

export function createBlocks(hall: Hall): Blocks {
  const paths = hall.sections.map((section) => pathOf(section.outline));
  const stage = pathOf(hall.stage.outline);
  const boxes = hall.sections.map((section) => boxOf(section.outline));
  // How far the nearest edge is from where the label stands.
  const rooms = hall.sections.map((section) =>
    distanceToEdge(section.outline, section.middle.x, section.middle.y),
  );
  const stageBox = boxOf(hall.stage.outline);
  let tints: { far: string; near: string; free: number; color: string }[] = [];

  return {
    boxes,
    retint: (cells, palette, grades) => {
      tints = hall.sections.map((section, index) => {
        const free = freeOf(hall, cells, index, grades);
        const color = palette.grades[gradeShown(hall, cells, index)] ?? palette.ink;
        const share = free / Math.max(1, section.seatTo - section.seatFrom);
        // In steps, so that a single seat does not give the whole section another colour.
        const strength = free === 0 ? 0 : 0.16 + Math.round(0.46 * Math.sqrt(share) * 20) / 20;
        return { far: mix(palette.block, color, strength), near: palette.block, free, color };
      });
    },
    fillOf: (section, tint) => {
      const about = tints[section];
      if (!about) return "#808080";
      return tint >= 1 ? about.far : mix(about.near, about.far, tint);
    },
    pathOf: (section) => paths[section],
    draw: (pen, about, only) => {
      const { view, ratio, palette } = about;
      const k = view.k * ratio;
      pen.save();
      pen.setTransform(k, 0, 0, k, view.x * ratio, view.y * ratio);
      pen.lineJoin = "round";
      for (const [index, path] of paths.entries()) {
        const tint = tints[index];
        if (only !== undefined && index !== only) continue;
        if (!tint || !boxesMeet(boxes[index] as Box, about.seen)) continue;
        const fill = about.tint >= 1 ? tint.far : mix(tint.near, tint.far, about.tint);
        fillRound(pen, path, fill, palette.line, 1 / view.k);
      }
      if ((only ?? -1) === -1 && boxesMeet(stageBox, about.seen)) {
        fillRound(pen, stage, palette.stage, palette.stage, 0);
      }
      pen.restore();
    },
    drawRing: (pen, { view, ratio, palette, focus }) => {
      const path = focus === null ? undefined : paths[focus];
      if (!path) return;
      const k = view.k * ratio;
      pen.save();
      pen.setTransform(k, 0, 0, k, view.x * ratio, view.y * ratio);
      pen.lineJoin = "round";
      for (const [width, color] of [
        [6, palette.ground],
        [3, palette.focus],
      ] as const) {
        pen.lineWidth = 2 * GROWN + width / view.k;
        pen.strokeStyle = color;
        pen.stroke(path);
      }
      pen.restore();
    },
    drawNames: (pen, about, only) => {
      const { view, ratio, palette, locale } = about;
      pen.save();
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      if ((only ?? -1) === -1 && boxesMeet(stageBox, about.seen))
        drawStageName(pen, hall, about, stageBox);
      if (about.tint > 0.05) {
        pen.globalAlpha = Math.min(1, about.tint * 2);
        for (const [index, section] of hall.sections.entries()) {
          const box = boxes[index] as Box;
          const tint = tints[index];
          if (only !== undefined && only !== index) continue;
          if (!tint || !boxesMeet(box, about.seen)) continue;
          const x = section.middle.x * view.k + view.x;
          const y = section.middle.y * view.k + view.y;
          const room = (rooms[index] as number) * view.k;
          const size = Math.min(LABEL_LARGEST, (2 * room) / LABEL_WIDE);
          const two = room > LABEL_LARGEST * 1.35;
          if (size < LABEL_SMALLEST) continue;
          const left = tint.free === 0 ? "–" : count(tint.free);
          const more = locale === "ko" && tint.free > 0 ? `${left}석` : left;
          const ground = about.tint >= 1 ? tint.far : mix(tint.near, tint.far, about.tint);
          const ink = tint.free === 0 ? palette.soft : palette.ink;
          const text = { label: section.label, more: two ? more : null, size, ground, ink };
          drawLabel(pen, x, y, text, palette.face);
        }
      }
      pen.restore();
    },
  };
}

function fillRound(
  pen: CanvasRenderingContext2D,
  path: Path2D,
  fill: string,
  edge: string,
  line: number,
): void {
  if (line > 0) {
    pen.lineWidth = 2 * (GROWN + line);
    pen.strokeStyle = edge;
    pen.stroke(path);
  }
  pen.lineWidth = 2 * GROWN;
  pen.strokeStyle = fill;
  pen.stroke(path);
  pen.fillStyle = fill;
  pen.fill(path);
}

type Label = { label: string; more: string | null; size: number; ground: string; ink: string };

// On a plate of the ground, so that dots do not run into the letters: a rim around each letter takes
// ten times as long.
function drawLabel(
  pen: CanvasRenderingContext2D,
  x: number,
  y: number,
  { label, more, size, ground, ink }: Label,
  face: string,
): void {
  const first = `600 ${size}px ${face}`;
  const second = `500 ${size * 0.8}px ${face}`;
  pen.font = first;
  let wide = pen.measureText(label).width;
  if (more !== null) {
    pen.font = second;
    wide = Math.max(wide, pen.measureText(more).width);
  }
  const high = size * (more === null ? 1.15 : 2.2);
  pen.fillStyle = ground;
  pen.beginPath();
  pen.roundRect(x - wide / 2 - size * 0.2, y - high / 2, wide + size * 0.4, high, size * 0.3);
  pen.fill();
  pen.fillStyle = ink;
  if (more !== null) pen.fillText(more, x, y + size * 0.6);
  pen.font = first;
  pen.fillText(label, x, more === null ? y : y - size * 0.5);
}

function drawStageName(
  pen: CanvasRenderingContext2D,
  hall: Hall,
  about: BlockScene,
  box: Box,
): void {
  const { view, palette } = about;
  const wide = (box.right - box.left) * view.k;
  const size = Math.max(9, Math.min(22, wide / 9));
  if (wide < 24) return;
  // The main deck is at the far end of a runway: its middle is a little way into the box.
  const deck = hall.stage.shape === "thrust" ? 0.16 : 0.5;
  const y = hall.stage.shape === "round" ? 0.5 : deck;
  pen.font = `700 ${size}px ${palette.face}`;
  pen.fillStyle = palette.stageInk;
  pen.fillText(
    WORDS[about.locale].stage,
    ((box.left + box.right) / 2) * view.k + view.x,
    (box.top + (box.bottom - box.top) * y) * view.k + view.y,
  );
}

export function pathOf(flat: ArrayLike<number>): Path2D {
  const path = new Path2D();
  for (let i = 0; i + 1 < flat.length; i += 2) {
    if (i === 0) path.moveTo(flat[0] as number, flat[1] as number);
    else path.lineTo(flat[i] as number, flat[i + 1] as number);
  }
  path.closePath();
  return path;
}
