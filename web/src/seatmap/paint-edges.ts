// Row names at the ends of rows, or at the edge of the screen where the end lies outside, and the
// minimap.
import { type Box, boxesMeet, boxOf } from "./geometry";
import { pathOf } from "./paint-blocks";
import type { Raster } from "./paint-raster";
import type { Pen } from "./paint-scene";
import type { Palette } from "./palette";
import type { Hall } from "./plan";
import { canvasOf } from "./sprites";
import type { Size, View } from "./viewport";

// The strip at the left edge in which names stand whose rows begin outside.
const GUTTER = 26;

// `pen` in CSS pixels.
export function drawRowNames(
  pen: Pen,
  hall: Hall,
  section: number,
  view: View,
  size: Size,
  palette: Palette,
): void {
  const about = hall.sections[section];
  if (!about) return;
  const pitch = about.pitch * view.k;
  pen.font = `600 ${Math.max(10, Math.min(14, pitch * 0.4))}px ${palette.face}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const pinned: { label: string; y: number }[] = [];
  for (let row = about.rowFrom; row < about.rowTo; row += 1) {
    const first = hall.rowStart[row] as number;
    const last = (hall.rowStart[row + 1] as number) - 1;
    const runs = (hall.x[last] as number) >= (hall.x[first] as number);
    const [left, right] = runs ? [first, last] : [last, first];
    const label = hall.rowLabels[row] ?? "";
    pen.fillStyle = palette.soft;
    const x = (hall.x[left] as number) * view.k + view.x - pitch * 0.85;
    if (x >= GUTTER / 2) pen.fillText(label, x, (hall.y[left] as number) * view.k + view.y);
    else {
      const y = crossing(hall, left, right, view);
      if (y !== null) pinned.push({ label, y });
    }
    const end = (hall.x[right] as number) * view.k + view.x + pitch * 0.85;
    if (end < size.width) pen.fillText(label, end, (hall.y[right] as number) * view.k + view.y);
  }
  if (pinned.length === 0) return;
  const top = Math.min(...pinned.map((one) => one.y)) - pitch * 0.8;
  const bottom = Math.max(...pinned.map((one) => one.y)) + pitch * 0.8;
  pen.fillStyle = palette.ground;
  pen.globalAlpha = 0.9;
  pen.beginPath();
  pen.roundRect(-8, top, GUTTER + 8, bottom - top, 8);
  pen.fill();
  pen.globalAlpha = 1;
  pen.fillStyle = palette.soft;
  for (const { label, y } of pinned) pen.fillText(label, GUTTER / 2, y);
}

// How high a row that begins outside enters the screen; null if it ends before.
function crossing(hall: Hall, left: number, right: number, view: View): number | null {
  const step = left <= right ? 1 : -1;
  for (let seat = left; seat !== right + step; seat += step) {
    if ((hall.x[seat] as number) * view.k + view.x >= GUTTER / 2) {
      return (hall.y[seat] as number) * view.k + view.y;
    }
  }
  return null;
}

export type Minimap = {
  draw: (pen: Pen, about: MinimapScene) => void;
  stale: () => void;
};

export type MinimapScene = {
  at: Box;
  view: View;
  size: Size;
  palette: Palette;
  ratio: number;
  section: number | null;
  raster: Raster;
};

// Frames between two redrawings of a hall whose seats change all the time.
const MINIMAP_REST = 45;

export function createMinimap(hall: Hall): Minimap {
  let picture: HTMLCanvasElement | null = null;
  let age = MINIMAP_REST;
  let stale = true;
  const paths = hall.sections.map((section) => pathOf(section.outline));
  const boxes = hall.sections.map((section) => boxOf(section.outline));
  const stage = pathOf(hall.stage.outline);

  const paint = (about: MinimapScene): void => {
    const wide = (about.at.right - about.at.left) * about.ratio;
    const high = (about.at.bottom - about.at.top) * about.ratio;
    picture = canvasOf(wide, high);
    const pen = picture.getContext("2d");
    if (!pen) return;
    const k = wide / hall.width;
    pen.setTransform(k, 0, 0, k, 0, 0);
    pen.fillStyle = about.palette.stage;
    pen.fill(stage);
    pen.fillStyle = about.palette.line;
    for (const path of paths) pen.fill(path);
    pen.drawImage(about.raster.canvas, 0, 0, hall.width, hall.height);
  };

  return {
    stale: () => {
      stale = true;
    },
    draw: (pen, about) => {
      age += 1;
      const wide = Math.ceil((about.at.right - about.at.left) * about.ratio);
      if (!picture || picture.width !== wide || (stale && age > MINIMAP_REST)) {
        paint(about);
        stale = false;
        age = 0;
      }
      const { at, view, size, palette } = about;
      const k = (at.right - at.left) / hall.width;
      pen.fillStyle = palette.ground;
      pen.globalAlpha = 0.9;
      pen.beginPath();
      pen.roundRect(at.left - 6, at.top - 6, at.right - at.left + 12, at.bottom - at.top + 12, 10);
      pen.fill();
      pen.globalAlpha = 1;
      pen.strokeStyle = palette.line;
      pen.lineWidth = 1;
      pen.stroke();
      if (picture) pen.drawImage(picture, at.left, at.top, at.right - at.left, at.bottom - at.top);
      if (about.section !== null && boxes[about.section]) {
        const box = boxes[about.section] as Box;
        pen.strokeStyle = palette.ink;
        pen.strokeRect(
          at.left + box.left * k,
          at.top + box.top * k,
          (box.right - box.left) * k,
          (box.bottom - box.top) * k,
        );
      }
      const seen: Box = {
        left: Math.max(0, -view.x / view.k),
        top: Math.max(0, -view.y / view.k),
        right: Math.min(hall.width, (size.width - view.x) / view.k),
        bottom: Math.min(hall.height, (size.height - view.y) / view.k),
      };
      if (!boxesMeet(seen, { left: 0, top: 0, right: hall.width, bottom: hall.height })) return;
      pen.strokeStyle = palette.focus;
      pen.lineWidth = 2;
      pen.beginPath();
      pen.roundRect(
        at.left + seen.left * k,
        at.top + seen.top * k,
        Math.max(4, (seen.right - seen.left) * k),
        Math.max(4, (seen.bottom - seen.top) * k),
        3,
      );
      pen.stroke();
    },
  };
}
