// The ruler: names of rows at the edge of the screen, for those that begin outside of it.
import type { Hall } from "../plan/plan";
import type { Size, View } from "../view/viewport";
import type { Scene } from "./paint-scene";
import { fontFor, isUpright, type Row, rowsOf } from "./row-names";
import { type Pen, resizeCanvas } from "./surface";

// How wide it is; a section is framed so that it may lie there.
const RULER = 28;
// Below this pitch on screen rows are too near to each other to be named.
const PITCH_LEAST = 13;

/** The rows of the section that is shown. */
type Rows = { section: number; upright: boolean; rows: Row[] };
type Name = { label: string; at: number };

/** A strip at the left edge, or at the top for a block beside the stage. */
export class Ruler {
  readonly canvas = document.createElement("canvas");
  readonly #hall: Hall;
  readonly #pen = this.canvas.getContext("2d");
  #rows: Rows | null = null;
  // What was drawn last, so that nothing is drawn twice.
  #drawn = "";

  constructor(hall: Hall) {
    this.#hall = hall;
    this.canvas.className = "seatmap-ruler";
  }

  /** Draws it for this frame, so that it stays at the edge while a hand moves the seats. */
  draw(about: Scene & { size: Size; ratio: number }): void {
    const { section, view, size, palette } = about;
    const rows = this.#rowsOf(section);
    const pitch = rows ? (this.#hall.sections[rows.section]?.pitch ?? 0) * view.k : 0;
    const names = rows && pitch >= PITCH_LEAST ? pinned(this.#hall, rows, view, size) : [];
    const state = `${section} ${view.k} ${view.x} ${view.y} ${size.width} ${size.height} ${palette.ground}`;
    if (state === this.#drawn) return;
    this.#drawn = state;
    this.canvas.style.display = names.length > 0 ? "block" : "none";
    if (!this.#pen || !rows || names.length === 0) return;
    const { upright } = rows;
    const [wide, high] = upright ? [size.width, RULER] : [RULER, size.height];
    resizeCanvas(this.canvas, wide, high, about.ratio);
    this.canvas.dataset["upright"] = String(upright);
    this.#pen.setTransform(about.ratio, 0, 0, about.ratio, 0, 0);
    this.#pen.clearRect(0, 0, wide, high);
    this.#pen.font = fontFor(pitch, palette);
    this.#pen.fillStyle = palette.soft;
    write(this.#pen, names, upright);
  }

  #rowsOf(section: number | null): Rows | null {
    const about = section === null ? undefined : this.#hall.sections[section];
    if (section === null || !about) return null;
    if (this.#rows?.section !== section) {
      const upright = isUpright(this.#hall, about);
      this.#rows = { section, upright, rows: rowsOf(this.#hall, about, upright) };
    }
    return this.#rows;
  }
}

function write(pen: Pen, names: readonly Name[], upright: boolean): void {
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const { label, at } of names) {
    pen.fillText(label, upright ? at : RULER / 2, upright ? RULER / 2 : at);
  }
}

// The rows that begin outside, and where they come in.
function pinned(hall: Hall, { upright, rows }: Rows, view: View, size: Size): Name[] {
  const [along, across] = upright ? [hall.y, hall.x] : [hall.x, hall.y];
  const [from, to] = upright ? [view.y, view.x] : [view.x, view.y];
  const most = upright ? size.width : size.height;
  const names: Name[] = [];
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
