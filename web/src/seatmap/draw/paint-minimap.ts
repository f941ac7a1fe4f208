// The minimap: the whole hall in a corner, with the part of it that is seen.
import { type Box, boxOf } from "../plan/geometry";
import type { Hall } from "../plan/plan";
import type { Size, View } from "../view/viewport";
import type { Palette } from "./palette";
import { canvasOf } from "./sprites";

export type Minimap = {
  readonly canvas: HTMLCanvasElement;
  draw: (about: MinimapScene) => void;
  stale: () => void;
};

export type MinimapScene = {
  // Where it lies on the screen; null for nowhere.
  minimap: Box | null;
  view: View;
  size: Size;
  palette: Palette;
  ratio: number;
  section: number | null;
  // The whole hall, to be copied small.
  picture: HTMLCanvasElement;
};

const PAD = 6;

export function createMinimap(hall: Hall): Minimap {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const boxes = hall.sections.map((section) => boxOf(section.outline));
  let small: HTMLCanvasElement | null = null;
  let isStale = true;
  let drawn = "";

  const copy = (about: MinimapScene, wide: number, high: number): HTMLCanvasElement => {
    if (small && !isStale && small.width === Math.ceil(wide * about.ratio)) return small;
    small = canvasOf(wide * about.ratio, high * about.ratio);
    const to = small.getContext("2d");
    if (to) to.imageSmoothingQuality = "high";
    to?.drawImage(about.picture, 0, 0, small.width, small.height);
    isStale = false;
    drawn = "";
    return small;
  };

  return {
    canvas,
    stale: () => {
      isStale = true;
    },
    draw: (about) => {
      const at = about.minimap;
      canvas.style.display = at ? "block" : "none";
      if (!pen || !at) return;
      const wide = at.right - at.left;
      const high = at.bottom - at.top;
      const picture = copy(about, wide, high);
      const { view, size, palette, ratio } = about;
      const state = `${view.k} ${view.x} ${view.y} ${at.top} ${about.section} ${palette.ground}`;
      if (state === drawn) return;
      drawn = state;
      const width = Math.round((wide + 2 * PAD) * ratio);
      const height = Math.round((high + 2 * PAD) * ratio);
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
        canvas.style.width = `${wide + 2 * PAD}px`;
        canvas.style.height = `${high + 2 * PAD}px`;
      }
      canvas.style.transform = `translate(${at.left - PAD}px, ${at.top - PAD}px)`;
      const k = wide / hall.width;
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.fillStyle = palette.ground;
      pen.fillRect(0, 0, wide + 2 * PAD, high + 2 * PAD);
      pen.drawImage(picture, PAD, PAD, wide, high);
      const box = about.section === null ? undefined : boxes[about.section];
      if (box) {
        pen.fillStyle = palette.ink;
        pen.globalAlpha = 0.35;
        pen.fillRect(
          PAD + box.left * k,
          PAD + box.top * k,
          (box.right - box.left) * k,
          (box.bottom - box.top) * k,
        );
        pen.globalAlpha = 1;
      }
      const left = Math.max(0, -view.x / view.k) * k;
      const top = Math.max(0, -view.y / view.k) * k;
      const right = Math.min(hall.width, (size.width - view.x) / view.k) * k;
      const bottom = Math.min(hall.height, (size.height - view.y) / view.k) * k;
      if (right <= left || bottom <= top) return;
      pen.strokeStyle = palette.focus;
      pen.lineWidth = 2;
      pen.strokeRect(PAD + left, PAD + top, Math.max(4, right - left), Math.max(4, bottom - top));
    },
  };
}
