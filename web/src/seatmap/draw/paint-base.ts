// The whole hall as one picture of areas and dots. The browser moves it by itself while a hand pans
// and zooms, so it is drawn again only where seats have changed.
import type { Cells, GradeFilter } from "../plan/cells";
import { boxOfHall } from "../plan/hall-of";
import type { Hall } from "../plan/plan";
import type { Blocks, Part } from "./paint-blocks";
import { Raster } from "./paint-raster";
import type { Palette } from "./palette";
import { createSheet } from "./sheet";
import { type Pen, resetPen } from "./surface";

const DOTS_ALPHA = 0.6;

/** The picture of the whole hall at one scale. */
export class Base {
  readonly sheet = createSheet();
  readonly scale: number;
  readonly #hall: Hall;
  readonly #blocks: Blocks;
  readonly #raster: Raster;
  readonly #pen = this.sheet.canvas.getContext("2d");
  // The colour under the seats of each section in this picture.
  #fills: string[] = [];
  #look: { palette: Palette; grades: GradeFilter } | null = null;

  /** `scale` is the wish, in pixels a centimetre; the raster keeps it within bounds. */
  constructor(hall: Hall, blocks: Blocks, scale: number) {
    this.#hall = hall;
    this.#blocks = blocks;
    this.#raster = new Raster(hall, scale, DOTS_ALPHA);
    this.scale = this.#raster.scale;
    this.sheet.canvas.width = this.#raster.width;
    this.sheet.canvas.height = this.#raster.height;
  }

  repaint(cells: Cells, palette: Palette, grades: GradeFilter): void {
    this.#look = { palette, grades };
    this.#fills = this.#hall.sections.map((_, index) => this.#blocks.fillOf(index, 1));
    const { width, height } = this.sheet.canvas;
    const pen = this.#pen;
    if (!pen) return;
    resetPen(pen);
    pen.clearRect(0, 0, width, height);
    this.#drawAreas(pen, palette, "all");
    pen.drawImage(this.#raster.dots(cells, palette, grades), 0, 0);
    this.sheet.flush();
  }

  /** Whether the area of a section still has the colour of an earlier count. */
  get isStale(): boolean {
    return this.#staleSection() !== -1;
  }

  /** Puts changed seats into the picture, and the new colour of one section if any is stale. */
  patch(seats: Iterable<number>, cells: Cells): void {
    const pen = this.#pen;
    const look = this.#look;
    if (!pen || !look) return;
    for (const seat of seats) {
      const under = this.#fills[this.#hall.section[seat] as number] ?? look.palette.block;
      this.#raster.put(pen, seat, cells, { ...look, under });
    }
    this.#retintOne(pen, cells, look);
    this.sheet.flush();
  }

  #retintOne(pen: Pen, cells: Cells, look: { palette: Palette; grades: GradeFilter }): void {
    const section = this.#staleSection();
    const about = this.#hall.sections[section];
    if (!about) return;
    this.#drawAreas(pen, look.palette, section);
    const under = this.#blocks.fillOf(section, 1);
    this.#fills[section] = under;
    for (let seat = about.seatFrom; seat < about.seatTo; seat += 1) {
      this.#raster.put(pen, seat, cells, { ...look, under });
    }
  }

  #staleSection(): number {
    return this.#fills.findIndex((fill, at) => this.#blocks.fillOf(at, 1) !== fill);
  }

  #drawAreas(pen: Pen, palette: Palette, part: Part): void {
    const view = { k: this.scale, x: 0, y: 0 };
    const seen = boxOfHall(this.#hall);
    const none = { language: "ko", section: null, focus: null } as const;
    this.#blocks.draw(pen, { view, seen, ratio: 1, palette, tint: 1, ...none }, part);
  }
}
