// Names of rows: at both ends of each row, and on a ruler at the edge of the screen for those that
// begin outside of it.
import { type Box, boxHas, grown } from "../plan/geometry";
import type { Hall, SectionInfo } from "../plan/plan";
import type { Size, View } from "../view/viewport";
import type { Pen, Scene } from "./paint-scene";
import type { Palette } from "./palette";

// How wide the ruler is; a section is framed so that it may lie there.
export const RULER = 28;
// Below this pitch on screen rows are too near to each other to be named.
const PITCH_LEAST = 13;

type Row = { first: number; last: number; label: string };

// From left to right, or from top to bottom in a block beside the stage.
function rowsOf(hall: Hall, about: SectionInfo, upright: boolean): Row[] {
  const rows: Row[] = [];
  const along = upright ? hall.y : hall.x;
  for (let row = about.rowFrom; row < about.rowTo; row += 1) {
    const from = hall.rowStart[row] as number;
    const to = (hall.rowStart[row + 1] as number) - 1;
    const runs = (along[to] as number) >= (along[from] as number);
    const [first, last] = runs ? [from, to] : [to, from];
    rows.push({ first, last, label: hall.rowLabels[row] ?? "" });
  }
  return rows;
}

// Whether its rows run up and down on the screen.
export function isUpright(hall: Hall, about: SectionInfo): boolean {
  let across = 0;
  let down = 0;
  for (let row = about.rowFrom; row < about.rowTo; row += 1) {
    const from = hall.rowStart[row] as number;
    const to = (hall.rowStart[row + 1] as number) - 1;
    across += Math.abs((hall.x[to] as number) - (hall.x[from] as number));
    down += Math.abs((hall.y[to] as number) - (hall.y[from] as number));
  }
  return down > across;
}

function fontFor(pitch: number, palette: Palette): string {
  return `600 ${Math.max(10, Math.min(14, pitch * 0.4))}px ${palette.face}`;
}

// Beyond both ends of each row, where that is in sight; `pen` in CSS pixels.
export function drawRowNames(
  pen: Pen,
  hall: Hall,
  section: number,
  { view, palette, seen }: { view: View; palette: Palette; seen: Box },
): void {
  const about = hall.sections[section];
  if (!about) return;
  const pitch = about.pitch * view.k;
  const upright = isUpright(hall, about);
  pen.font = fontFor(pitch, palette);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = palette.soft;
  const away = pitch * 1.12;
  const within = grown(seen, 2 * about.pitch);
  for (const { first, last, label } of rowsOf(hall, about, upright)) {
    for (const [seat, by] of [
      [first, -away],
      [last, away],
    ] as const) {
      if (!boxHas(within, hall.x[seat] as number, hall.y[seat] as number)) continue;
      const x = (hall.x[seat] as number) * view.k + view.x;
      const y = (hall.y[seat] as number) * view.k + view.y;
      pen.fillText(label, upright ? x : x + by, upright ? y + by : y);
    }
  }
}

export type Ruler = {
  readonly canvas: HTMLCanvasElement;
  draw: (about: Scene & { size: Size; ratio: number }) => void;
};

// Drawn every frame by itself, so that it stays at the edge while a hand moves the seats.
export function createRuler(hall: Hall): Ruler {
  const canvas = document.createElement("canvas");
  canvas.className = "seatmap-ruler";
  const pen = canvas.getContext("2d");
  let known: { section: number; upright: boolean; rows: Row[] } | null = null;
  let drawn = "";

  return {
    canvas,
    draw: ({ section, view, size, ratio, palette }) => {
      const about = section === null ? undefined : hall.sections[section];
      const pitch = about ? about.pitch * view.k : 0;
      if (section !== null && about && known?.section !== section) {
        const upright = isUpright(hall, about);
        known = { section, upright, rows: rowsOf(hall, about, upright) };
      }
      const names =
        known && pitch >= PITCH_LEAST && section !== null ? pinned(hall, known, view, size) : [];
      const state = `${section} ${view.k} ${view.x} ${view.y} ${size.width} ${size.height} ${palette.ground}`;
      if (state === drawn) return;
      drawn = state;
      canvas.style.display = names.length > 0 ? "block" : "none";
      if (!pen || !known || names.length === 0) return;
      const [wide, high] = known.upright ? [size.width, RULER] : [RULER, size.height];
      const [width, height] = [Math.round(wide * ratio), Math.round(high * ratio)];
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
        canvas.style.width = `${wide}px`;
        canvas.style.height = `${high}px`;
        canvas.dataset["upright"] = String(known.upright);
      }
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, wide, high);
      pen.font = fontFor(pitch, palette);
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillStyle = palette.soft;
      for (const { label, at } of names) {
        pen.fillText(label, known.upright ? at : RULER / 2, known.upright ? RULER / 2 : at);
      }
    },
  };
}

// The rows that begin outside, and where they come in.
function pinned(
  hall: Hall,
  { upright, rows }: { upright: boolean; rows: Row[] },
  view: View,
  size: Size,
): { label: string; at: number }[] {
  const [along, across] = upright ? [hall.y, hall.x] : [hall.x, hall.y];
  const [from, to] = upright ? [view.y, view.x] : [view.x, view.y];
  const most = upright ? size.width : size.height;
  const names: { label: string; at: number }[] = [];
  for (const { first, last, label } of rows) {
    if ((along[first] as number) * view.k + from >= RULER + 12) continue;
    const step = first <= last ? 1 : -1;
    for (let seat = first; seat !== last + step; seat += step) {
      if ((along[seat] as number) * view.k + from < RULER) continue;
      const at = (across[seat] as number) * view.k + to;
      if (at > -10 && at < most + 10) names.push({ label, at });
      break;
    }
  }
  return names;
}
