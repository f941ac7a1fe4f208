// The whole hall as one picture of areas and dots. The browser moves it by itself while a hand pans
// and zooms, so it is drawn again only where seats have changed.
import type { Cells, GradeFilter } from "../plan/cells";
import { boxOfHall } from "../plan/hall-of";
import type { Hall } from "../plan/plan";
import type { Blocks } from "./paint-blocks";
import { createRaster } from "./paint-raster";
import type { Palette } from "./palette";
import { createSheet, type Sheet } from "./sheet";

export type Base = {
  readonly sheet: Sheet;
  readonly scale: number;
  repaint: (cells: Cells, palette: Palette, grades: GradeFilter) => void;
  // Puts changed seats into the picture, and the new tint of one section that is far from its old.
  patch: (seats: Iterable<number>, cells: Cells) => void;
};

const DOTS_ALPHA = 0.6;

export function createBase(hall: Hall, blocks: Blocks, wanted: number): Base {
  const raster = createRaster(hall, wanted, DOTS_ALPHA);
  const { scale } = raster;
  const sheet = createSheet();
  const { canvas } = sheet;
  canvas.width = raster.width;
  canvas.height = raster.height;
  const pen = canvas.getContext("2d");
  // What lies under the seats of each section in this picture.
  let fills: string[] = [];
  let look: { palette: Palette; grades: GradeFilter } | null = null;

  const areas = (palette: Palette, only?: number): void => {
    const view = { k: scale, x: 0, y: 0 };
    const about = { view, seen: boxOfHall(hall), ratio: 1, palette, tint: 1 };
    if (pen) blocks.draw(pen, { ...about, locale: "ko", section: null, focus: null }, only);
  };

  const retintOne = (cells: Cells): void => {
    const section = fills.findIndex((fill, index) => blocks.fillOf(index, 1) !== fill);
    const about = hall.sections[section];
    if (!pen || !look || !about) return;
    areas(look.palette, section);
    const under = blocks.fillOf(section, 1);
    fills[section] = under;
    for (let seat = about.seatFrom; seat < about.seatTo; seat += 1) {
      raster.put(pen, seat, cells, { ...look, under });
    }
  };

  return {
    sheet,
    scale,
    repaint: (cells, palette, grades) => {
      look = { palette, grades };
      fills = hall.sections.map((_, index) => blocks.fillOf(index, 1));
      if (!pen) return;
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.clearRect(0, 0, canvas.width, canvas.height);
      areas(palette);
      pen.drawImage(raster.dots(cells, palette, grades), 0, 0);
      sheet.flush();
    },
    patch: (seats, cells) => {
      if (!pen || !look) return;
      for (const seat of seats) {
        const under = fills[hall.section[seat] as number] ?? look.palette.block;
        raster.put(pen, seat, cells, { ...look, under });
      }
      retintOne(cells);
      sheet.flush();
    },
  };
}
