// A small sign at the edge of the map that says where the stage is while it is out of sight.
import { m } from "#/paraglide/messages";
import { type Box, boxesMeet, boxOf, middleOf, type Point } from "../plan/geometry";
import type { Hall, SectionInfo } from "../plan/plan";
import { hallInsets, type Insets, type Size, type View, visibleBox } from "../view/viewport";
import type { Scene } from "./paint-scene";

export type Sign = Point & { angle: number; isAside: boolean };

// From its middle to the edge of the map.
const EDGE = 24;
// A section stays clear of the ruler, and on one side of the sign.
const RULER = 34;
const SIDE = 18;
const ROOM = 46;
const ARROW = "M6 10.5V2M2.5 5 6 1.5 9.5 5";

/**
 * Where the sign stands and which way it points, clockwise from up; null while the stage is seen.
 */
export function signOf(stage: Box, view: View, size: Size): Sign | null {
  const seen = visibleBox(view, size);
  if (boxesMeet(stage, seen)) return null;
  const from = middleOf(seen);
  // The nearest place of the stage: beside a long runway its middle would mislead.
  const { dx, dy } = way(stage, from);
  const outX = Math.abs(dx) / Math.max(1, size.width / 2 - EDGE);
  const outY = Math.abs(dy) / Math.max(1, size.height / 2 - EDGE);
  const by = 1 / Math.max(outX, outY, 1e-9);
  return {
    x: size.width / 2 + dx * by,
    y: size.height / 2 + dy * by,
    angle: (Math.atan2(dx, -dy) * 180) / Math.PI,
    isAside: outX > outY,
  };
}

function way(stage: Box, from: Point): { dx: number; dy: number } {
  return {
    dx: between(from.x, stage.left, stage.right) - from.x,
    dy: between(from.y, stage.top, stage.bottom) - from.y,
  };
}

/** The room that a section leaves free at each edge when one goes into it. */
export function sectionInsets(hall: Hall, section: SectionInfo, size: Size): Insets {
  const { dx, dy } = way(boxOf(hall.stage.outline), section.middle);
  const across = Math.abs(dx) > Math.abs(dy);
  const side = across ? (dx > 0 ? "right" : "left") : dy > 0 ? "bottom" : "top";
  const { bottom, right } = hallInsets(size);
  const insets = { top: RULER, right: Math.max(SIDE, right), bottom, left: RULER };
  return { ...insets, [side]: Math.max(insets[side], ROOM) };
}

function between(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** An element over the canvas, moved with every frame. */
export class StagePointer {
  readonly element = document.createElement("div");
  readonly #stage: Box;
  readonly #arrow: SVGElement;
  readonly #name: HTMLElement;
  // The transform that is on the page.
  #put = "";

  constructor(hall: Hall) {
    this.#stage = boxOf(hall.stage.outline);
    this.element.className = "seatmap-stageward";
    this.element.innerHTML = `<svg viewBox="0 0 12 12"><path d="${ARROW}"/></svg><b></b>`;
    this.#arrow = this.element.firstElementChild as SVGElement;
    this.#name = this.element.lastElementChild as HTMLElement;
  }

  draw({ section, view, size, language }: Scene & { size: Size }): void {
    const sign = section === null ? null : signOf(this.#stage, view, size);
    const put = sign
      ? `translate(${Math.round(sign.x)}px, ${Math.round(sign.y)}px) translate(-50%, -50%)`
      : "";
    const name = m.map_stage({}, { locale: language });
    if (this.#name.textContent !== name) this.#name.textContent = name;
    if (sign) this.#arrow.style.transform = `rotate(${Math.round(sign.angle)}deg)`;
    if (put === this.#put) return;
    this.#put = put;
    this.element.toggleAttribute("data-aside", sign?.isAside ?? false);
    this.element.style.display = sign ? "flex" : "none";
    this.element.style.transform = put;
  }
}
