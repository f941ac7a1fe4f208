// What is sharp: painted when the view rests, or in advance for where a flight ends, with some room
// around it. While a hand moves, the browser moves this picture over that of the whole hall.
import type { Cells } from "./cells";
import { type Box, boxesMeet } from "./geometry";
import type { Base } from "./paint-base";
import { createBitmaps, FAINT } from "./paint-bitmaps";
import type { BlockScene, Blocks } from "./paint-blocks";
import {
  type CloseScene,
  drawClose,
  drawFocus,
  drawMine,
  drawNumbers,
  drawSeat,
  REACH_MINE,
} from "./paint-close";
import { drawRowNames } from "./paint-rows";
import type { Scene } from "./paint-scene";
import type { Hall } from "./plan";
import { createSheet } from "./sheet";
import { createSprites, type Sprites } from "./sprites";
import { type Size, type View, visibleBox } from "./viewport";

export type Detail = {
  readonly shown: HTMLCanvasElement;
  // Shows what was painted since, if anything was.
  flush: () => void;
  // The view that was painted last, and the one on the page: they differ until it is shown.
  readonly painted: () => View | null;
  readonly placed: () => View | null;
  resize: (size: Size, ratio: number) => void;
  // True if numbers or sections are still missing.
  paint: (scene: Scene, view: View, base: Base) => boolean;
  // Goes on with what was missing.
  more: () => boolean;
  // Whether seats are drawn each by itself: then others can become one's own in the same picture.
  readonly isClose: () => boolean;
  remark: (scene: Scene) => void;
  // Seats that have changed or are fading, painted over where they are.
  patch: (seats: Iterable<number>, fading: ReadonlyMap<number, number>) => void;
  // Pictures made for other colours or another filter are of no use.
  forget: () => void;
  changed: (seats: readonly number[], scene: Scene) => void;
};

// Room beyond each edge, in CSS pixels: so far a pan shows nothing coarse.
export const MARGIN = 48;
// Pitches on screen, in CSS pixels, at which the next finer picture takes over.
const PITCH_BITMAPS = 4.5;
const PITCH_CLOSE = 13;
const PITCH_NUMBERS = 29;
// Up to here areas carry the colour, from there on only the seats do.
const PITCH_TINTED = 3;
const PITCH_PLAIN = 8;
// Seats put into new pictures in one frame.
const SEATS_A_FRAME = 400;

export function createDetail(hall: Hall, cells: Cells, blocks: Blocks): Detail {
  const sheet = createSheet();
  const { canvas, shown } = sheet;
  let isDirty = false;
  const pen = canvas.getContext("2d");
  const bitmaps = createBitmaps(hall);
  let size: Size = { width: 1, height: 1 };
  let ratio = 1;
  let sprites: Sprites | null = null;
  let at: View | null = null;
  let onPage: View | null = null;
  let last: { scene: Scene; block: BlockScene; close: CloseScene; level: 0 | 1 | 2 } | null = null;
  let missing: number[] = [];
  let bare: number[] = [];

  const spritesFor = (scene: Scene, pitch: number): Sprites => {
    if (!sprites || sprites.pitch !== pitch) sprites = createSprites(pitch, scene.palette);
    return sprites;
  };

  const putSection = (index: number, mayMake: boolean): boolean => {
    if (!pen || !last) return true;
    const { close, block } = last;
    const bitmap = bitmaps.get(index, { ...close }, mayMake);
    if (!bitmap) return false;
    blocks.draw(pen, block, index);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.globalAlpha = close.section === null || close.section === index ? 1 : FAINT;
    const x = close.x + bitmap.left * close.k;
    pen.drawImage(bitmap.canvas, x, close.y + bitmap.top * close.k);
    pen.globalAlpha = 1;
    blocks.drawNames(pen, block, index);
    return true;
  };

  const putTop = (isFirst = false): void => {
    if (!pen || !last) return;
    const { scene, block, close } = last;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    drawMine(pen, hall, scene.mine, close);
    if (scene.focusSeat !== null) {
      drawFocus(pen, hall, scene.focusSeat, close, scene.palette, ratio);
    }
    // Names stay where they were put.
    if (!isFirst) return;
    if (last.level !== 1) blocks.drawNames(pen, block);
    else {
      blocks.drawNames(pen, block, -1);
      // Those with a picture have their name already.
      for (const index of missing) blocks.drawNames(pen, block, index);
    }
    if (scene.section !== null && last.level === 2) {
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawRowNames(pen, hall, scene.section, block.view, scene.palette);
    }
  };

  return {
    shown,
    flush: () => {
      if (isDirty) sheet.flush();
      isDirty = false;
      onPage = at;
    },
    painted: () => at,
    placed: () => onPage,
    resize: (next, devicePixels) => {
      size = next;
      ratio = devicePixels;
      canvas.width = Math.round((size.width + 2 * MARGIN) * ratio);
      canvas.height = Math.round((size.height + 2 * MARGIN) * ratio);
      shown.style.width = `${size.width + 2 * MARGIN}px`;
      shown.style.height = `${size.height + 2 * MARGIN}px`;
      at = null;
      onPage = null;
    },
    paint: (scene, view, base) => {
      if (!pen) return false;
      at = view;
      isDirty = true;
      const moved: View = { k: view.k, x: view.x + MARGIN, y: view.y + MARGIN };
      const room = { width: size.width + 2 * MARGIN, height: size.height + 2 * MARGIN };
      const seen: Box = visibleBox(moved, room);
      const pitch = hall.pitch * view.k;
      const k = view.k * ratio;
      const level =
        pitch >= PITCH_CLOSE ? 2 : pitch >= PITCH_BITMAPS || k > base.scale * 1.5 ? 1 : 0;
      const tint = level === 0 ? 1 : 1 - ramp(pitch, PITCH_TINTED, PITCH_PLAIN);
      const { palette, locale, section } = scene;
      const focus = scene.focusSection;
      last = {
        scene,
        level,
        block: { view: moved, seen, ratio, palette, locale, section, focus, tint },
        close: {
          cells,
          grades: scene.grades,
          sprites: spritesFor(scene, hall.pitch * k),
          k,
          x: moved.x * ratio,
          y: moved.y * ratio,
          seen,
          section,
          numbers: pitch >= PITCH_NUMBERS,
          reducedMotion: scene.reducedMotion,
        },
      };
      missing = [];
      bare = [];
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.globalAlpha = 1;
      pen.clearRect(0, 0, canvas.width, canvas.height);
      if (level === 2) {
        pen.fillStyle = palette.ground;
        pen.fillRect(0, 0, canvas.width, canvas.height);
        blocks.draw(pen, last.block);
        pen.setTransform(1, 0, 0, 1, 0, 0);
        bare = drawClose(pen, hall, last.close);
      } else if (level === 1) {
        blocks.draw(pen, last.block, -1);
        for (const [index, box] of blocks.boxes.entries()) {
          if (boxesMeet(box, seen) && !putSection(index, false)) missing.push(index);
        }
      }
      if (level !== 2 && focus !== null) blocks.drawRing(pen, last.block);
      putTop(true);
      return missing.length > 0 || bare.length > 0;
    },
    more: () => {
      if (!pen || !last || (bare.length === 0 && missing.length === 0)) return false;
      isDirty = true;
      if (bare.length > 0) {
        pen.setTransform(1, 0, 0, 1, 0, 0);
        bare = drawNumbers(pen, hall, bare, last.close);
        putTop();
      }
      let budget = SEATS_A_FRAME;
      while (budget > 0 && missing.length > 0) {
        const index = missing.pop() as number;
        const section = hall.sections[index];
        putSection(index, true);
        budget -= section ? section.seatTo - section.seatFrom : 1;
        if (missing.length === 0 || budget <= 0) putTop();
      }
      return bare.length > 0 || missing.length > 0;
    },
    isClose: () => last?.level === 2,
    remark: (scene) => {
      if (!pen || !last) return;
      const { mine } = last.scene;
      const changed = mine
        .concat(scene.mine)
        .filter((seat) => !(mine.includes(seat) && scene.mine.includes(seat)));
      last = { ...last, scene };
      pen.setTransform(1, 0, 0, 1, 0, 0);
      for (const seat of changed) {
        const under = blocks.fillOf(hall.section[seat] as number, last.block.tint);
        drawSeat(pen, hall, seat, last.close, under, undefined, REACH_MINE);
      }
      isDirty = true;
      putTop();
    },
    patch: (seats, fading) => {
      if (!pen || !last || last.level === 0) return;
      const { close, block, scene } = last;
      let top = false;
      pen.setTransform(1, 0, 0, 1, 0, 0);
      for (const seat of seats) {
        const section = hall.section[seat] as number;
        const under = blocks.fillOf(section, block.tint);
        if (!drawSeat(pen, hall, seat, close, under, fading.get(seat))) continue;
        isDirty = true;
        top ||= scene.mine.includes(seat) || scene.focusSeat === seat;
      }
      if (top) putTop();
    },
    forget: () => {
      sprites = null;
      bitmaps.clear();
    },
    changed: (seats, scene) => bitmaps.patch(seats, cells, scene.grades),
  };
}

function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}
