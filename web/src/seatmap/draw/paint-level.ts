// How near the seats are, and with that in which of three ways they are painted.
import type { Cells } from "../plan/cells";
import type { Hall } from "../plan/plan";
import { type Size, type View, visibleBox } from "../view/viewport";
import type { CloseScene } from "./paint-close";
import type { BlockScene, Scene } from "./paint-scene";
import type { Sprites } from "./sprites";

/** A scene with the way it is painted. */
export type Painted = {
  scene: Scene;
  block: BlockScene;
  close: CloseScene;
  /** 0: the picture of the whole hall is sharp enough; 1: sections as pictures; 2: seat by seat. */
  level: 0 | 1 | 2;
};

export type Surroundings = {
  hall: Hall;
  cells: Cells;
  size: Size;
  ratio: number;
  baseScale: number;
};

/** Room beyond each edge, in CSS pixels: so far a pan shows nothing coarse. */
export const MARGIN = 48;
// Pitches on screen, in CSS pixels, at which the next finer picture takes over.
const PITCH_BITMAPS = 4.5;
const PITCH_CLOSE = 13;
const PITCH_NUMBERS = 29;
// Up to here areas carry the colour, from there on only the seats do.
const PITCH_TINTED = 3;
const PITCH_PLAIN = 8;

/** Chooses the way by how far seats are apart on the screen. */
export function paintedAt(
  scene: Scene,
  view: View,
  sprites: Sprites,
  { hall, cells, size, ratio, baseScale }: Surroundings,
): Painted {
  const moved: View = { k: view.k, x: view.x + MARGIN, y: view.y + MARGIN };
  const room = { width: size.width + 2 * MARGIN, height: size.height + 2 * MARGIN };
  const seen = visibleBox(moved, room);
  const pitch = hall.pitch * view.k;
  const k = view.k * ratio;
  const level = pitch >= PITCH_CLOSE ? 2 : pitch >= PITCH_BITMAPS || k > baseScale * 1.5 ? 1 : 0;
  const tint = level === 0 ? 1 : 1 - ramp(pitch, PITCH_TINTED, PITCH_PLAIN);
  const { palette, language, section, grades, reducedMotion } = scene;
  const numbers = pitch >= PITCH_NUMBERS;
  const [x, y] = [moved.x * ratio, moved.y * ratio];
  return {
    scene,
    level,
    block: {
      view: moved,
      seen,
      ratio,
      palette,
      language,
      section,
      focus: scene.focusSection,
      tint,
    },
    close: { cells, grades, sprites, k, x, y, seen, numbers, reducedMotion },
  };
}

function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}
