// What is sharp: painted when the view rests, or in advance for where a flight ends, with some room
// around it. While a hand moves, the browser moves this picture over that of the whole hall.
import type { Cells } from "../plan/cells";
import { type Box, boxesMeet, grown } from "../plan/geometry";
import type { Hall } from "../plan/plan";
import type { Size, View } from "../view/viewport";
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
import { MARGIN, type Painted, paintedAt } from "./paint-level";
import { drawRowNames } from "./paint-rows";
import type { Scene } from "./paint-scene";
import { createSheet } from "./sheet";
import { createSprites, type Sprites } from "./sprites";

export type Detail = {
  readonly shown: HTMLCanvasElement;
  // Shows what was painted since, if anything was and no part is missing.
  flush: () => void;
  // The view that was painted last, and the one on the page: they differ until it is shown.
  readonly painted: () => View | null;
  readonly placed: () => View | null;
  resize: (size: Size, ratio: number) => void;
  // Begins a picture, or makes it at once. True if anything is still missing.
  paint: (scene: Scene, view: View, base: Base, atOnce: boolean) => boolean;
  // Goes on with what was missing.
  more: () => boolean;
  // Whether the picture has strips without anything.
  readonly isPartial: () => boolean;
  // Whether seats are drawn each by itself: then others can become one's own in the same picture.
  readonly isClose: () => boolean;
  remark: (scene: Scene) => void;
  // Seats that have changed or are fading, painted over where they are.
  patch: (seats: Iterable<number>, fading: ReadonlyMap<number, number>) => void;
  // Pictures made for other colours or another filter are of no use.
  forget: () => void;
  changed: (seats: readonly number[], scene: Scene) => void;
};

// What one frame may do, as this thread sees it: to put down what is drawn takes the browser about
// twice as long again.
const WORK_MS = 4;
// Height of what is painted in one go, in device pixels.
const STRIP = 160;

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
  let last: Painted | null = null;
  // Strips above this line are painted.
  let line = 0;
  const missing = new Set<number>();
  let bare: number[] = [];

  const spritesFor = (scene: Scene, pitch: number): Sprites => {
    if (!sprites || sprites.pitch !== pitch) sprites = createSprites(pitch, scene.palette);
    return sprites;
  };

  const putSection = (index: number, block: BlockScene, close: CloseScene, until: number) => {
    if (!pen) return true;
    const bitmap = bitmaps.get(index, close, until);
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

  const putTop = (): void => {
    if (!pen || !last) return;
    const { scene, close } = last;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    drawMine(pen, hall, scene.mine, close);
    if (scene.focusSeat !== null) {
      drawFocus(pen, hall, scene.focusSeat, close, scene.palette, ratio);
    }
  };

  const putSeats = (level: 1 | 2, block: BlockScene, close: CloseScene): void => {
    if (!pen) return;
    if (level === 2) {
      pen.fillStyle = block.palette.ground;
      pen.fillRect(0, 0, canvas.width, canvas.height);
      blocks.draw(pen, block);
      pen.setTransform(1, 0, 0, 1, 0, 0);
      bare.push(...drawClose(pen, hall, close));
      return;
    }
    blocks.draw(pen, block, -1);
    for (const [index, box] of blocks.boxes.entries()) {
      if (!boxesMeet(box, block.seen) || putSection(index, block, close, 0)) continue;
      missing.add(index);
      blocks.drawNames(pen, block, index);
    }
  };

  // Names of sections that have a picture come with it.
  const putNames = (level: 0 | 1 | 2, block: BlockScene): void => {
    if (!pen) return;
    blocks.drawNames(pen, block, level === 1 ? -1 : undefined);
    if (block.section === null || level !== 2) return;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawRowNames(pen, hall, block.section, block);
  };

  const putStrip = (high: number): void => {
    if (!pen || !last) return;
    const { level, close } = last;
    const { seen } = last.block;
    const top = seen.top + line / close.k;
    // With a little more, since what is drawn reaches beyond its place; the clip takes it away.
    const part: Box = grown({ ...seen, top, bottom: top + high / close.k }, 2 * hall.pitch);
    const block = { ...last.block, seen: part };
    pen.save();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.globalAlpha = 1;
    pen.beginPath();
    pen.rect(0, line, canvas.width, high);
    pen.clip();
    pen.clearRect(0, line, canvas.width, high);
    if (level !== 0) putSeats(level, block, { ...close, seen: part });
    if (level !== 2 && block.focus !== null) blocks.drawRing(pen, block);
    putTop();
    putNames(level, block);
    pen.restore();
    line += high;
  };

  const putStrips = (until: number): boolean => {
    const high = until < Infinity ? STRIP : canvas.height;
    while (line < canvas.height && performance.now() < until) putStrip(high);
    if (line >= canvas.height) bare = Array.from(new Set(bare));
    return line < canvas.height || missing.size > 0 || bare.length > 0;
  };

  return {
    shown,
    flush: () => {
      if (line < canvas.height) return;
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
      line = 0;
    },
    paint: (scene, view, base, atOnce) => {
      at = view;
      isDirty = true;
      const own = spritesFor(scene, hall.pitch * view.k * ratio);
      const around = { hall, cells, size, ratio, baseScale: base.scale };
      last = paintedAt(scene, view, own, around);
      line = 0;
      missing.clear();
      bare = [];
      return putStrips(atOnce ? Infinity : performance.now() + WORK_MS);
    },
    more: () => {
      const until = performance.now() + WORK_MS;
      if (line < canvas.height) return putStrips(until);
      if (!pen || !last || (bare.length === 0 && missing.size === 0)) return false;
      isDirty = true;
      pen.setTransform(1, 0, 0, 1, 0, 0);
      if (bare.length > 0) bare = drawNumbers(pen, hall, bare, last.close);
      for (const index of missing) {
        if (!putSection(index, last.block, last.close, until)) break;
        missing.delete(index);
      }
      putTop();
      return bare.length > 0 || missing.size > 0;
    },
    isPartial: () => line < canvas.height,
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
