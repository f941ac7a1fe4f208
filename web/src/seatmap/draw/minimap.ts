// The minimap: the whole hall in a corner, with the part of it that is seen.

import { type Box, boxOf } from "../plan/geometry";
import type { Hall } from "../plan/plan";
import { MINIMAP_RIM } from "../view/minimap-box";
import { type Size, type View, visibleBox } from "../view/viewport";
import type { Palette } from "./palette";
import { canvasOf } from "./sprites";
import { type Pen, resizeCanvas } from "./surface";

export type MinimapScene = {
  /** Where it lies on the screen; null for nowhere. */
  minimap: Box | null;
  view: View;
  size: Size;
  palette: Palette;
  ratio: number;
  section: number | null;
  /** The whole hall, to be copied small. */
  picture: HTMLCanvasElement;
};

const FRAME_LEAST = 4;

/** Draws only what has changed since its last frame. */
export class Minimap {
  readonly canvas = document.createElement("canvas");
  /** Set when the picture of the whole hall has changed. */
  isStale = true;
  readonly #hall: Hall;
  readonly #boxes: Box[];
  readonly #pen = this.canvas.getContext("2d");
  #small: HTMLCanvasElement | null = null;
  // What was drawn last, so that nothing is drawn twice.
  #drawn = "";

  constructor(hall: Hall) {
    this.#hall = hall;
    this.#boxes = hall.sections.map((section) => boxOf(section.outline));
  }

  draw(about: MinimapScene): void {
    const { minimap, view, palette, ratio, section } = about;
    this.canvas.style.display = minimap ? "block" : "none";
    if (!this.#pen || !minimap) return;
    const wide = minimap.right - minimap.left;
    const high = minimap.bottom - minimap.top;
    const picture = this.#copy(about, wide, high);
    const state = `${view.k} ${view.x} ${view.y} ${minimap.top} ${section} ${palette.ground}`;
    if (state === this.#drawn) return;
    this.#drawn = state;
    resizeCanvas(this.canvas, wide + 2 * MINIMAP_RIM, high + 2 * MINIMAP_RIM, ratio);
    this.canvas.style.transform = `translate(${minimap.left - MINIMAP_RIM}px, ${minimap.top - MINIMAP_RIM}px)`;
    this.#pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#pen.fillStyle = palette.ground;
    this.#pen.fillRect(0, 0, wide + 2 * MINIMAP_RIM, high + 2 * MINIMAP_RIM);
    this.#pen.drawImage(picture, MINIMAP_RIM, MINIMAP_RIM, wide, high);
    this.#drawSection(this.#pen, about, wide / this.#hall.width);
    this.#drawFrame(this.#pen, about, wide / this.#hall.width);
  }

  #copy({ ratio, picture }: MinimapScene, wide: number, high: number): HTMLCanvasElement {
    const isKept = this.#small?.width === Math.ceil(wide * ratio) && !this.isStale;
    if (this.#small && isKept) return this.#small;
    const small = canvasOf(wide * ratio, high * ratio);
    const pen = small.getContext("2d");
    if (pen) pen.imageSmoothingQuality = "high";
    pen?.drawImage(picture, 0, 0, small.width, small.height);
    this.#small = small;
    this.isStale = false;
    this.#drawn = "";
    return small;
  }

  #drawSection(pen: Pen, { section, palette }: MinimapScene, k: number): void {
    const box = section === null ? undefined : this.#boxes[section];
    if (!box) return;
    const [wide, high] = [(box.right - box.left) * k, (box.bottom - box.top) * k];
    pen.fillStyle = palette.ink;
    pen.globalAlpha = 0.35;
    pen.fillRect(MINIMAP_RIM + box.left * k, MINIMAP_RIM + box.top * k, wide, high);
    pen.globalAlpha = 1;
  }

  // Around the part of the hall that is seen.
  #drawFrame(pen: Pen, { view, size, palette }: MinimapScene, k: number): void {
    const seen = visibleBox(view, size);
    const left = Math.max(0, seen.left) * k;
    const top = Math.max(0, seen.top) * k;
    const wide = Math.min(this.#hall.width, seen.right) * k - left;
    const high = Math.min(this.#hall.height, seen.bottom) * k - top;
    if (wide <= 0 || high <= 0) return;
    pen.strokeStyle = palette.focus;
    pen.lineWidth = 2;
    pen.strokeRect(
      MINIMAP_RIM + left,
      MINIMAP_RIM + top,
      Math.max(FRAME_LEAST, wide),
      Math.max(FRAME_LEAST, high),
    );
  }
}
