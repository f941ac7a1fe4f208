// Draws the hall on a canvas. Four functions, so that another renderer could take its place.
import { type Cells, type Change, FREE } from "./cells";
import { createBitmaps } from "./paint-bitmaps";
import { type BlockScene, createBlocks } from "./paint-blocks";
import { type CloseScene, drawClose, drawFocus, drawMine } from "./paint-close";
import { createMinimap, drawRowNames } from "./paint-edges";
import { createRaster, type Raster } from "./paint-raster";
import type { Pen, Scene } from "./paint-scene";
import type { Hall } from "./plan";
import { createSprites, type Sprites } from "./sprites";
import { fit, type Size, visibleBox } from "./viewport";

export type Painter = {
  resize: (size: Size, ratio: number) => void;
  show: (scene: Scene) => void;
  change: (changes: readonly Change[]) => void;
  close: () => void;
};

// Pitches on screen, in CSS pixels, at which the next finer picture takes over.
const PITCH_BITMAPS = 4.5;
const PITCH_CLOSE = 13;
const PITCH_NUMBERS = 29;
// Up to here areas carry the colour, from there on only the seats do.
const PITCH_TINTED = 3;
const PITCH_PLAIN = 8;
const FADE_MS = 600;
const RATIO_MAX = 2;

export function createPainter(
  canvas: HTMLCanvasElement,
  hall: Hall,
  cells: Cells,
  onFrame: (now: number) => void,
): Painter {
  const pen = canvas.getContext("2d", { alpha: false });
  const blocks = createBlocks(hall);
  const bitmaps = createBitmaps(hall);
  const minimap = createMinimap(hall);
  let size: Size = { width: 1, height: 1 };
  let ratio = 1;
  let scene: Scene | null = null;
  let raster: Raster | null = null;
  let sprites: Sprites | null = null;
  let painted: Pick<Scene, "palette" | "grades"> | null = null;
  let frame = 0;
  let waiting: number[] = [];
  const fadeFrom = new Map<number, number>();
  const fading = new Map<number, number>();

  const request = (): void => {
    // oxlint-disable-next-line no-restricted-globals -- the one loop that draws
    if (frame === 0) frame = requestAnimationFrame(tick);
  };

  const tick = (now: number): void => {
    frame = 0;
    onFrame(now);
    if (pen && scene && draw(pen, scene, now)) request();
  };

  // What depends on colours or on the filter is made anew when those change.
  const prepare = (about: Scene): Raster => {
    if (!raster) raster = createRaster(hall, fit(boxOfHall(hall), size).k * ratio * 1.25);
    if (painted?.palette !== about.palette || painted.grades !== about.grades) {
      if (painted?.palette !== about.palette) sprites = null;
      painted = about;
      raster.repaint(cells, about.palette, about.grades);
      blocks.retint(cells, about.palette, about.grades);
      bitmaps.clear();
      minimap.stale();
      waiting = [];
    } else if (waiting.length > 0) {
      raster.patch(waiting, cells, about.grades);
      bitmaps.patch(waiting, cells, about.grades);
      blocks.retint(cells, about.palette, about.grades);
      minimap.stale();
      waiting = [];
    }
    return raster;
  };

  const spritesFor = (about: Scene): Sprites => {
    const pitch = hall.pitch * about.view.k * ratio;
    const off = sprites ? sprites.pitch / pitch : 0;
    // While the zoom moves, the last set is stretched; a new one every frame would cost more.
    if (!sprites || (about.moving ? off < 0.6 || off > 1.7 : off !== 1)) {
      sprites = createSprites(pitch, about.palette);
    }
    return sprites;
  };

  const age = (now: number): void => {
    fading.clear();
    for (const [seat, from] of fadeFrom) {
      const start = from < 0 ? now : from;
      if (from < 0) fadeFrom.set(seat, now);
      const gone = (now - start) / FADE_MS;
      if (gone >= 1) fadeFrom.delete(seat);
      else fading.set(seat, gone);
    }
  };

  // True if another frame is needed.
  const draw = (to: Pen, about: Scene, now: number): boolean => {
    const { view, palette } = about;
    const overview = prepare(about);
    const pitch = hall.pitch * view.k;
    const k = view.k * ratio;
    const x = view.x * ratio;
    const y = view.y * ratio;
    const seen = visibleBox(view, size);
    const tint = 1 - share(pitch, PITCH_TINTED, PITCH_PLAIN);
    const block: BlockScene = {
      view,
      seen,
      ratio,
      palette,
      locale: about.locale,
      section: about.section,
      focus: about.focusSection,
      tint,
    };
    age(now);
    to.setTransform(1, 0, 0, 1, 0, 0);
    to.globalAlpha = 1;
    to.fillStyle = palette.ground;
    to.fillRect(0, 0, canvas.width, canvas.height);
    blocks.draw(to, block);
    const set = spritesFor(about);
    const close: CloseScene = {
      cells,
      grades: about.grades,
      sprites: set,
      k,
      x,
      y,
      seen,
      section: about.section,
      fading,
      numbers: pitch >= PITCH_NUMBERS && !about.moving,
      reducedMotion: about.reducedMotion,
    };
    let more = fadeFrom.size > 0;
    if (pitch >= PITCH_CLOSE) {
      more = drawClose(to, hall, close) || more;
    } else {
      const fine = pitch >= PITCH_BITMAPS || k > overview.scale * 1.5;
      // Dots so small that they only shimmer give way to the tint.
      to.globalAlpha = fine ? 0.5 : 0.25 + 0.75 * share(pitch, 1, 3.5);
      to.imageSmoothingEnabled = true;
      to.imageSmoothingQuality = about.moving ? "low" : "medium";
      to.drawImage(overview.canvas, x, y, hall.width * k, hall.height * k);
      to.globalAlpha = 1;
      if (fine) more = bitmaps.draw(to, { ...close, moving: about.moving }) || more;
    }
    drawMine(to, hall, about.mine, close);
    if (about.focusSeat !== null) drawFocus(to, hall, about.focusSeat, close, palette, ratio);
    blocks.drawNames(to, block);
    to.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (about.section !== null && pitch >= PITCH_CLOSE) {
      drawRowNames(to, hall, about.section, view, size, palette);
    }
    if (about.minimap) {
      const at = about.minimap;
      minimap.draw(to, {
        at,
        view,
        size,
        palette,
        ratio,
        section: about.section,
        raster: overview,
      });
    }
    return more;
  };

  return {
    resize: (wanted, devicePixels) => {
      size = wanted;
      ratio = Math.min(RATIO_MAX, devicePixels);
      canvas.width = Math.max(1, Math.round(size.width * ratio));
      canvas.height = Math.max(1, Math.round(size.height * ratio));
      // Drawn at once: a canvas that was given a size is empty until it is drawn on.
      if (pen && scene && draw(pen, scene, performance.now())) request();
    },
    show: (next) => {
      scene = next;
      request();
    },
    change: (changes) => {
      for (const { seat, from } of changes) {
        waiting.push(seat);
        if (from === FREE) fadeFrom.set(seat, -1);
        else fadeFrom.delete(seat);
      }
      if (fadeFrom.size > 400) fadeFrom.clear();
      request();
    },
    close: () => {
      // oxlint-disable-next-line no-restricted-globals -- the one loop that draws
      cancelAnimationFrame(frame);
      scene = null;
    },
  };
}

function share(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

export function boxOfHall(hall: Hall) {
  return { left: 0, top: 0, right: hall.width, bottom: hall.height };
}
