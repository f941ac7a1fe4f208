// Close up: every seat in sight by itself, with its number, its mark and what just happened to it.
import type { Cells, GradeFilter } from "./cells";
import { type Box, boxesMeet, grown } from "./geometry";
import { FAINT } from "./paint-bitmaps";
import { lookOf, type Pen } from "./paint-scene";
import type { Palette } from "./palette";
import type { Hall } from "./plan";
import { LOOK_FREE, LOOK_JUST_TAKEN, LOOK_MINE, type Sprites } from "./sprites";

export type CloseScene = {
  cells: Cells;
  grades: GradeFilter;
  sprites: Sprites;
  k: number;
  x: number;
  y: number;
  seen: Box;
  section: number | null;
  // Seat → how far its fading is, 0 to 1.
  fading: ReadonlyMap<number, number>;
  numbers: boolean;
  reducedMotion: boolean;
};

// New pictures of numbers made in one frame; the rest come in the next ones.
const NUMBERS_A_FRAME = 40;

// True if some numbers are still missing.
export function drawClose(pen: Pen, hall: Hall, about: CloseScene): boolean {
  const { sprites } = about;
  const by = (about.k * hall.pitch) / sprites.pitch;
  const side = sprites.size * by;
  const exact = by === 1;
  const limit = sprites.made() + NUMBERS_A_FRAME;
  let more = false;
  for (const [index, section] of hall.sections.entries()) {
    const reach = grown(section.box, section.pitch);
    if (!boxesMeet(reach, about.seen)) continue;
    const own = about.section === null || about.section === index;
    pen.globalAlpha = own ? 1 : FAINT;
    const edge = section.pitch;
    for (let seat = section.seatFrom; seat < section.seatTo; seat += 1) {
      const px = hall.x[seat] as number;
      const py = hall.y[seat] as number;
      if (px < about.seen.left - edge || px > about.seen.right + edge) continue;
      if (py < about.seen.top - edge || py > about.seen.bottom + edge) continue;
      let look = lookOf(hall, about.cells, seat, about.grades);
      const grade = hall.grade[seat] as number;
      const kind = hall.kind[seat] as number;
      const fading = about.fading.size > 0 ? about.fading.get(seat) : undefined;
      if (fading !== undefined && about.reducedMotion) look = LOOK_JUST_TAKEN;
      let number: string | null = null;
      if (look === LOOK_FREE && own && about.numbers) {
        if (sprites.made() < limit) number = hall.numbers[seat] ?? null;
        else more = true;
      }
      const x = px * about.k + about.x - side / 2;
      const y = py * about.k + about.y - side / 2;
      const sprite = sprites.get(look, grade, kind, number);
      if (exact) pen.drawImage(sprite, Math.round(x), Math.round(y));
      else pen.drawImage(sprite, x, y, side, side);
      if (fading !== undefined && !about.reducedMotion) {
        // Shrinks to the size of what is left of it.
        const shrunk = side * (1 - 0.45 * fading);
        pen.globalAlpha = (own ? 1 : FAINT) * (1 - fading);
        const last = sprites.get(LOOK_FREE, grade, kind, null);
        pen.drawImage(last, x + (side - shrunk) / 2, y + (side - shrunk) / 2, shrunk, shrunk);
        pen.globalAlpha = own ? 1 : FAINT;
      }
    }
  }
  pen.globalAlpha = 1;
  return more;
}

// One's own seats and the ring of the focus lie above everything, at any distance.
export function drawMine(pen: Pen, hall: Hall, mine: readonly number[], about: CloseScene): void {
  const side = Math.max(13, about.sprites.size * ((about.k * hall.pitch) / about.sprites.pitch));
  for (const seat of mine) {
    const sprite = about.sprites.get(LOOK_MINE, 0, 0, null);
    const x = (hall.x[seat] as number) * about.k + about.x - side / 2;
    const y = (hall.y[seat] as number) * about.k + about.y - side / 2;
    pen.drawImage(sprite, x, y, side, side);
  }
}

export function drawFocus(
  pen: Pen,
  hall: Hall,
  seat: number,
  about: CloseScene,
  palette: Palette,
  ratio: number,
): void {
  const x = (hall.x[seat] as number) * about.k + about.x;
  const y = (hall.y[seat] as number) * about.k + about.y;
  const radius = (hall.pitch * about.k) / 2 + 2 * ratio;
  // Two rings, light on dark, so that one of them is seen on any colour.
  pen.lineWidth = 5 * ratio;
  pen.strokeStyle = palette.ground;
  pen.beginPath();
  pen.arc(x, y, radius, 0, Math.PI * 2);
  pen.stroke();
  pen.lineWidth = 2.5 * ratio;
  pen.strokeStyle = palette.focus;
  pen.beginPath();
  pen.arc(x, y, radius, 0, Math.PI * 2);
  pen.stroke();
}
