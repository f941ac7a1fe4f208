// One small picture for each look a seat can have, so that a frame only copies.

import { KIND_RESTRICTED, KIND_WHEELCHAIR } from "../plan/plan";
import { SEAT_SHARE } from "../view/viewport";
import { mix, type Palette } from "./palette";

export const LOOK_FREE = 0;
export const LOOK_HELD = 1;
export const LOOK_SOLD = 2;
export const LOOK_MINE = 3;
/** Free, but of a grade that the filter leaves out. */
export const LOOK_FILTERED = 4;
/** Taken a moment ago, where nothing may move. */
export const LOOK_JUST_TAKEN = 5;

/** How a seat looks. */
export type Look = 0 | 1 | 2 | 3 | 4 | 5;

/** The pictures of seats for one pitch and one palette. */
export type Sprites = {
  /** Device pixels from one seat to the next. */
  readonly pitch: number;
  /** Width of every sprite; the seat is in the middle. */
  readonly size: number;
  get: (look: Look, grade: number, kind: number, number: string | null) => HTMLCanvasElement;
  /** Whether `get` would only look it up. */
  has: (look: Look, grade: number, kind: number, number: string | null) => boolean;
  readonly made: () => number;
};

/** Pictures are drawn when they are first asked for. */
export function createSprites(pitch: number, palette: Palette): Sprites {
  const size = Math.ceil(pitch * 1.06) + 2;
  const known = new Map<string, HTMLCanvasElement>();
  return {
    pitch,
    size,
    has: (look, grade, kind, number) => known.has(keyOf(look, grade, kind, number)),
    get: (look, grade, kind, number) => {
      const key = keyOf(look, grade, kind, number);
      let sprite = known.get(key);
      if (!sprite) {
        sprite = drawSprite(look, grade, kind, number, size, pitch, palette);
        known.set(key, sprite);
      }
      return sprite;
    },
    made: () => known.size,
  };
}

function keyOf(look: Look, grade: number, kind: number, number: string | null): string {
  return `${look}.${grade}.${kind}.${number ?? ""}`;
}

/** A canvas of at least one pixel. */
export function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.ceil(width));
  canvas.height = Math.max(1, Math.ceil(height));
  return canvas;
}

function drawSprite(
  look: Look,
  grade: number,
  kind: number,
  number: string | null,
  size: number,
  pitch: number,
  palette: Palette,
): HTMLCanvasElement {
  const canvas = canvasOf(size, size);
  const pen = canvas.getContext("2d");
  if (!pen) return canvas;
  const radius = (pitch * SEAT_SHARE) / 2;
  pen.translate(size / 2, size / 2);
  if (look === LOOK_MINE) drawMine(pen, radius, pitch, palette);
  else if (look === LOOK_FREE) drawFree(pen, radius, grade, kind, number, palette);
  else if (look === LOOK_FILTERED) {
    ring(
      pen,
      radius * 0.72,
      Math.max(1, radius * 0.1),
      mix(colorOf(palette, grade), palette.ground, 0.55),
    );
  } else if (look === LOOK_JUST_TAKEN) {
    disc(pen, radius * 0.8, mix(colorOf(palette, grade), palette.taken, 0.7));
  } else if (look === LOOK_HELD) drawHeld(pen, radius, palette);
  else disc(pen, Math.max(1, radius * SOLD_SHARE), palette.taken);
  return canvas;
}

// A sold seat is a dot, a held one a larger disc with a bar across: neither looks like a free seat, nor like
// something to press.
const SOLD_SHARE = 0.22;
const HELD_SHARE = 0.48;
const BAR_RADIUS_LEAST = 3.5;

function drawHeld(pen: CanvasRenderingContext2D, radius: number, palette: Palette): void {
  const outer = radius * HELD_SHARE;
  disc(pen, outer, palette.taken);
  if (outer < BAR_RADIUS_LEAST) return;
  pen.fillStyle = palette.block;
  pen.fillRect(-outer * 0.56, -outer * 0.18, outer * 1.12, outer * 0.36);
}

function colorOf(palette: Palette, grade: number): string {
  return palette.grades[grade] ?? palette.ink;
}

// A grape: the grade's colour with a rim, and light from the stage's side.
function drawFree(
  pen: CanvasRenderingContext2D,
  radius: number,
  grade: number,
  kind: number,
  number: string | null,
  palette: Palette,
): void {
  const color = colorOf(palette, grade);
  const ink = palette.gradeInks[grade] ?? palette.ground;
  if (radius < 5) {
    disc(pen, radius, color);
  } else {
    const light = pen.createRadialGradient(-radius * 0.3, -radius * 0.42, 0, 0, 0, radius);
    light.addColorStop(0, mix(color, "#ffffff", 0.16));
    light.addColorStop(0.55, color);
    light.addColorStop(1, mix(color, "#14091f", 0.1));
    disc(pen, radius, light);
    ring(pen, radius * 0.93, Math.max(1, radius * 0.09), mix(color, "#ffffff", 0.3));
  }
  if (kind === KIND_WHEELCHAIR) drawWheelchair(pen, radius, ink);
  else if (kind === KIND_RESTRICTED) drawRestricted(pen, radius);
  if (number !== null && kind !== KIND_WHEELCHAIR)
    drawNumber(pen, radius, number, ink, palette.face);
}

function drawNumber(
  pen: CanvasRenderingContext2D,
  radius: number,
  text: string,
  ink: string,
  face: string,
): void {
  const size = radius * (text.length > 2 ? 0.66 : 0.84);
  pen.font = `600 ${size}px ${face}`;
  pen.textAlign = "center";
  pen.textBaseline = "alphabetic";
  pen.fillStyle = ink;
  // Digits have no descent: the line is put so that they stand in the middle.
  pen.fillText(text, 0, size * 0.36);
}

function drawMine(
  pen: CanvasRenderingContext2D,
  radius: number,
  pitch: number,
  palette: Palette,
): void {
  const outer = Math.max(radius * 1.1, Math.min(pitch * 0.53, radius + 2));
  disc(pen, outer, palette.mine);
  ring(pen, outer * 0.9, Math.max(1, radius * 0.07), mix(palette.mine, palette.mineInk, 0.35));
  pen.beginPath();
  pen.moveTo(-radius * 0.42, radius * 0.04);
  pen.lineTo(-radius * 0.1, radius * 0.36);
  pen.lineTo(radius * 0.46, -radius * 0.32);
  pen.lineWidth = Math.max(1.5, radius * 0.2);
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.strokeStyle = palette.mineInk;
  pen.stroke();
}

function drawWheelchair(pen: CanvasRenderingContext2D, radius: number, ink: string): void {
  if (radius < 5) return;
  pen.strokeStyle = ink;
  pen.lineCap = "round";
  pen.lineWidth = Math.max(1, radius * 0.13);
  pen.beginPath();
  pen.arc(radius * 0.02, radius * 0.2, radius * 0.36, Math.PI * -0.62, Math.PI * 0.72, true);
  pen.stroke();
  pen.beginPath();
  pen.moveTo(-radius * 0.08, -radius * 0.32);
  pen.lineTo(-radius * 0.08, radius * 0.12);
  pen.lineTo(radius * 0.3, radius * 0.12);
  pen.lineTo(radius * 0.46, radius * 0.5);
  pen.stroke();
  pen.beginPath();
  pen.arc(-radius * 0.08, -radius * 0.55, radius * 0.13, 0, Math.PI * 2);
  pen.fillStyle = ink;
  pen.fill();
}

// A slice cut away, so that what lies below is seen: something stands in the line of sight.
function drawRestricted(pen: CanvasRenderingContext2D, radius: number): void {
  pen.save();
  pen.globalCompositeOperation = "destination-out";
  pen.beginPath();
  pen.moveTo(radius * 1.2, -radius * 1.2);
  pen.lineTo(radius * 0.05, -radius * 1.2);
  pen.lineTo(radius * 1.2, -radius * 0.05);
  pen.fill();
  pen.restore();
}

function disc(pen: CanvasRenderingContext2D, radius: number, fill: string | CanvasGradient): void {
  pen.beginPath();
  pen.arc(0, 0, radius, 0, Math.PI * 2);
  pen.fillStyle = fill;
  pen.fill();
}

function ring(pen: CanvasRenderingContext2D, radius: number, width: number, color: string): void {
  pen.beginPath();
  pen.arc(0, 0, Math.max(0.5, radius), 0, Math.PI * 2);
  pen.lineWidth = width;
  pen.strokeStyle = color;
  pen.stroke();
}
