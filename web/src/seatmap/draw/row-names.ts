// Names of rows at both ends of each row.
import { type Box, boxHas, grown } from "../plan/geometry";
import type { Hall, SectionInfo } from "../plan/plan";
import type { View } from "../view/viewport";
import type { Palette } from "./palette";
import type { Pen } from "./surface";

/** A row as it lies on the screen: its first seat is on the left, or on top. */
export type Row = { first: number; last: number; label: string };

/** The rows of a section. `upright` is for a block beside the stage, whose rows run up and down. */
export function rowsOf(hall: Hall, about: SectionInfo, upright: boolean): Row[] {
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

/** Whether its rows run up and down on the screen. */
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

export function fontFor(pitch: number, palette: Palette): string {
  return `600 ${Math.max(10, Math.min(14, pitch * 0.4))}px ${palette.face}`;
}

/** Writes beyond both ends of each row, where that is in sight; `pen` in CSS pixels. */
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
    const ends = [
      [first, -away],
      [last, away],
    ] as const;
    for (const [seat, by] of ends) {
      if (!boxHas(within, hall.x[seat] as number, hall.y[seat] as number)) continue;
      const x = (hall.x[seat] as number) * view.k + view.x;
      const y = (hall.y[seat] as number) * view.k + view.y;
      pen.fillText(label, upright ? x : x + by, upright ? y + by : y);
    }
  }
}
