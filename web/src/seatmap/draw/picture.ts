// One sharp picture under way: strips from the top down, then the sections and numbers that were
// not ready, then the seats that change.
import { type Box, boxesMeet, grown } from "../plan/geometry";
import type { Hall } from "../plan/plan";
import type { View } from "../view/viewport";
import type { Bitmaps } from "./paint-bitmaps";
import type { Blocks } from "./paint-blocks";
import {
  type CloseScene,
  drawClose,
  drawFocus,
  drawMine,
  drawNumbers,
  drawSeat,
  REACH_MINE,
} from "./paint-close";
import type { Painted } from "./paint-level";
import type { BlockScene, Scene } from "./paint-scene";
import { drawRowNames } from "./row-names";
import { type Pen, resetPen } from "./surface";

// Height of what is painted in one go, in device pixels.
const STRIP = 160;

/** What a picture is painted with. */
export type Tools = {
  pen: Pen;
  hall: Hall;
  blocks: Blocks;
  bitmaps: Bitmaps;
  /** Device pixels a CSS pixel. */
  ratio: number;
};

/** One picture for one view. What has changed is painted over; another view is another picture. */
export class Picture {
  readonly view: View;
  readonly #tools: Tools;
  #painted: Painted;
  // Strips above this line are painted.
  #line = 0;
  // Sections whose own pictures are not ready, and seats that still lack their number.
  readonly #missing = new Set<number>();
  #bare: number[] = [];

  constructor(tools: Tools, view: View, painted: Painted) {
    this.#tools = tools;
    this.view = view;
    this.#painted = painted;
  }

  /** Whether it has strips without anything. */
  get isPartial(): boolean {
    return this.#line < this.#tools.pen.canvas.height;
  }

  get isUnfinished(): boolean {
    return this.isPartial || this.#missing.size > 0 || this.#bare.length > 0;
  }

  /** Whether every seat is drawn by itself: then a seat can become one's own in the same picture. */
  get isClose(): boolean {
    return this.#painted.level === 2;
  }

  /** Paints strips for as long as the time until then allows. */
  paintStrips(until: number): void {
    const high = until < Infinity ? STRIP : this.#tools.pen.canvas.height;
    while (this.isPartial && performance.now() < until) this.#putStrip(high);
    if (!this.isPartial) this.#bare = Array.from(new Set(this.#bare));
  }

  /** Adds what was not ready when the strips were painted. */
  fillIn(until: number): void {
    const { pen, hall } = this.#tools;
    const { block, close } = this.#painted;
    resetPen(pen);
    this.#bare = drawNumbers(pen, hall, this.#bare, close);
    for (const index of this.#missing) {
      if (!this.#putSection(index, block, close, until)) break;
      this.#missing.delete(index);
    }
    this.#putTop();
  }

  /** Paints other seats as one's own. */
  remark(scene: Scene): void {
    const { pen, hall, blocks } = this.#tools;
    const { block, close } = this.#painted;
    const { mine } = this.#painted.scene;
    const changed = mine
      .concat(scene.mine)
      .filter((seat) => !(mine.includes(seat) && scene.mine.includes(seat)));
    this.#painted = { ...this.#painted, scene };
    resetPen(pen);
    for (const seat of changed) {
      const under = blocks.fillOf(hall.section[seat] as number, block.tint);
      drawSeat(pen, hall, seat, close, { under, reach: REACH_MINE });
    }
    this.#putTop();
  }

  /** Paints seats that have changed or are fading over what was there. True if any is in sight. */
  patch(seats: Iterable<number>, fading: ReadonlyMap<number, number>): boolean {
    const { pen, hall, blocks } = this.#tools;
    const { level, close, block, scene } = this.#painted;
    if (level === 0) return false;
    let isSeen = false;
    let isUnderTop = false;
    resetPen(pen);
    for (const seat of seats) {
      const under = blocks.fillOf(hall.section[seat] as number, block.tint);
      if (!drawSeat(pen, hall, seat, close, { under, fading: fading.get(seat) })) continue;
      isSeen = true;
      isUnderTop ||= scene.mine.includes(seat) || scene.focusSeat === seat;
    }
    if (isUnderTop) this.#putTop();
    return isSeen;
  }

  #putStrip(high: number): void {
    const { pen, hall, blocks } = this.#tools;
    const { level, close } = this.#painted;
    const { seen } = this.#painted.block;
    const top = seen.top + this.#line / close.k;
    // With a little more, since what is drawn reaches beyond its place; the clip takes it away.
    const part: Box = grown({ ...seen, top, bottom: top + high / close.k }, 2 * hall.pitch);
    const block = { ...this.#painted.block, seen: part };
    pen.save();
    this.#clip(high);
    if (level === 2) this.#putSeats(block, { ...close, seen: part });
    if (level === 1) this.#putSections(block, { ...close, seen: part });
    if (level !== 2 && block.focus !== null) blocks.drawRing(pen, block);
    this.#putTop();
    this.#putNames(block);
    pen.restore();
    this.#line += high;
  }

  #clip(high: number): void {
    const { pen } = this.#tools;
    const { width } = pen.canvas;
    resetPen(pen);
    pen.globalAlpha = 1;
    pen.beginPath();
    pen.rect(0, this.#line, width, high);
    pen.clip();
    pen.clearRect(0, this.#line, width, high);
  }

  #putSeats(block: BlockScene, close: CloseScene): void {
    const { pen, hall, blocks } = this.#tools;
    pen.fillStyle = block.palette.ground;
    pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
    blocks.draw(pen, block);
    resetPen(pen);
    this.#bare.push(...drawClose(pen, hall, close));
  }

  #putSections(block: BlockScene, close: CloseScene): void {
    const { pen, blocks } = this.#tools;
    blocks.draw(pen, block, "stage");
    for (const [index, box] of blocks.boxes.entries()) {
      if (!boxesMeet(box, block.seen) || this.#putSection(index, block, close, 0)) continue;
      this.#missing.add(index);
      blocks.drawNames(pen, block, index);
    }
  }

  // False if the section's own picture is not ready.
  #putSection(index: number, block: BlockScene, close: CloseScene, until: number): boolean {
    const { pen, blocks, bitmaps } = this.#tools;
    const bitmap = bitmaps.get(index, close, until);
    if (!bitmap) return false;
    blocks.draw(pen, block, index);
    resetPen(pen);
    const x = close.x + bitmap.left * close.k;
    pen.drawImage(bitmap.canvas, x, close.y + bitmap.top * close.k);
    blocks.drawNames(pen, block, index);
    return true;
  }

  // One's own seats and the ring of the focus lie above everything.
  #putTop(): void {
    const { pen, hall, ratio } = this.#tools;
    const { scene, close } = this.#painted;
    resetPen(pen);
    drawMine(pen, hall, scene.mine, close);
    if (scene.focusSeat === null) return;
    drawFocus(pen, hall, scene.focusSeat, close, scene.palette, ratio);
  }

  // Names of sections that have a picture come with it.
  #putNames(block: BlockScene): void {
    const { pen, hall, blocks, ratio } = this.#tools;
    const { level } = this.#painted;
    blocks.drawNames(pen, block, level === 1 ? "stage" : "all");
    if (block.section === null || level !== 2) return;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawRowNames(pen, hall, block.section, block);
  }
}
