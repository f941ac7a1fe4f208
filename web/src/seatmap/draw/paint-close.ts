// Close up: every seat in sight by itself, with its number, its mark and what just happened to it.
import type { Cells, GradeFilter } from "../plan/cells";
import { type Box, boxesMeet, boxHas, grown } from "../plan/geometry";
import type { Hall } from "../plan/plan";
import { lookOf } from "./paint-scene";
import type { Palette } from "./palette";
import { LOOK_FREE, LOOK_JUST_TAKEN, LOOK_MINE, type Look, type Sprites } from "./sprites";
import type { Pen } from "./surface";

export type CloseScene = {
  cells: Cells;
  grades: GradeFilter;
  sprites: Sprites;
  /** Device pixels a centimetre, and where the plan's corner lies in device pixels. */
  k: number;
  x: number;
  y: number;
  seen: Box;
  numbers: boolean;
  reducedMotion: boolean;
};

// New pictures of numbers made in one frame; the rest come in the next ones.
const NUMBERS_A_FRAME = 12;
// How much is wiped before a seat is drawn anew, as a share of the pitch: up to the slit between two
// seats. One's own seats are larger and reach just up to it.
const REACH = 0.49;
export const REACH_MINE = 0.56;

/** Returns the seats whose numbers are still missing: see `drawNumbers`. */
export function drawClose(pen: Pen, hall: Hall, about: CloseScene): number[] {
  const bare: number[] = [];
  for (const section of hall.sections) {
    if (!boxesMeet(grown(section.box, section.pitch), about.seen)) continue;
    const within = grown(about.seen, section.pitch);
    for (let seat = section.seatFrom; seat < section.seatTo; seat += 1) {
      if (!boxHas(within, hall.x[seat] as number, hall.y[seat] as number)) continue;
      const isBare = about.numbers && !about.sprites.has(...spriteOf(hall, seat, about, true));
      if (isBare) bare.push(seat);
      putSeat(pen, hall, seat, about, about.numbers && !isBare);
    }
  }
  return bare;
}

/** Puts numbers on some of the seats that have none, and returns the others. */
export function drawNumbers(
  pen: Pen,
  hall: Hall,
  seats: readonly number[],
  about: CloseScene,
): number[] {
  const limit = about.sprites.made() + NUMBERS_A_FRAME;
  const bare: number[] = [];
  for (const seat of seats) {
    const isKnown = about.sprites.has(...spriteOf(hall, seat, about, true));
    if (isKnown || about.sprites.made() < limit) putSeat(pen, hall, seat, about, true);
    else bare.push(seat);
  }
  return bare;
}

type SpriteName = [look: Look, grade: number, kind: number, number: string | null];

function spriteOf(hall: Hall, seat: number, about: CloseScene, numbered: boolean): SpriteName {
  const look = lookOf(hall, about.cells, seat, about.grades);
  const number = numbered && look === LOOK_FREE ? (hall.numbers[seat] ?? null) : null;
  return [look, hall.grade[seat] as number, hall.kind[seat] as number, number];
}

function putSeat(pen: Pen, hall: Hall, seat: number, about: CloseScene, numbered: boolean): void {
  const sprite = about.sprites.get(...spriteOf(hall, seat, about, numbered));
  pen.drawImage(sprite, left(hall, seat, about), top(hall, seat, about));
}

// On whole pixels, or every seat would be blurred in its own way.
function left(hall: Hall, seat: number, about: CloseScene): number {
  return Math.round((hall.x[seat] as number) * about.k + about.x - about.sprites.size / 2);
}

function top(hall: Hall, seat: number, about: CloseScene): number {
  return Math.round((hall.y[seat] as number) * about.k + about.y - about.sprites.size / 2);
}

/** How a seat is painted over what was there. */
export type Overpaint = {
  /** The colour under the seat. */
  under: string;
  /** From 0 to 1 after somebody took the seat. */
  fading?: number | undefined;
  /** Of the pitch, how much is wiped. */
  reach?: number;
};

/** Paints one seat over what was there; false if it is out of sight. */
export function drawSeat(
  pen: Pen,
  hall: Hall,
  seat: number,
  about: CloseScene,
  { under, fading, reach = REACH }: Overpaint,
): boolean {
  const px = hall.x[seat] as number;
  const py = hall.y[seat] as number;
  if (!boxHas(grown(about.seen, hall.pitch), px, py)) return false;
  const radius = about.sprites.pitch * reach;
  pen.fillStyle = under;
  pen.beginPath();
  pen.arc(px * about.k + about.x, py * about.k + about.y, radius, 0, Math.PI * 2);
  pen.fill();
  if (fading === undefined) putSeat(pen, hall, seat, about, about.numbers);
  else if (about.reducedMotion) putJustTaken(pen, hall, seat, about);
  else putFading(pen, hall, seat, about, fading);
  pen.globalAlpha = 1;
  return true;
}

// The tone says it where nothing may move.
function putJustTaken(pen: Pen, hall: Hall, seat: number, about: CloseScene): void {
  const [grade, kind] = [hall.grade[seat] as number, hall.kind[seat] as number];
  const sprite = about.sprites.get(LOOK_JUST_TAKEN, grade, kind, null);
  pen.drawImage(sprite, left(hall, seat, about), top(hall, seat, about));
}

// The free seat that it was shrinks over the taken one until only that is left.
function putFading(pen: Pen, hall: Hall, seat: number, about: CloseScene, share: number): void {
  const { sprites } = about;
  putSeat(pen, hall, seat, about, about.numbers);
  const side = sprites.size * (1 - 0.45 * share);
  const inset = (sprites.size - side) / 2;
  const sprite = sprites.get(
    LOOK_FREE,
    hall.grade[seat] as number,
    hall.kind[seat] as number,
    null,
  );
  pen.globalAlpha *= 1 - share;
  pen.drawImage(
    sprite,
    left(hall, seat, about) + inset,
    top(hall, seat, about) + inset,
    side,
    side,
  );
}

/** One's own seats and the ring of the focus lie above everything, at any distance. */
export function drawMine(pen: Pen, hall: Hall, mine: readonly number[], about: CloseScene): void {
  const side = Math.max(13, about.sprites.size);
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
  for (const [width, color] of [
    [5, palette.ground],
    [2.5, palette.focus],
  ] as const) {
    pen.lineWidth = width * ratio;
    pen.strokeStyle = color;
    pen.beginPath();
    pen.arc(x, y, radius, 0, Math.PI * 2);
    pen.stroke();
  }
}
