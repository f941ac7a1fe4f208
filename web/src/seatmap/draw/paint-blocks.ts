// Sections as areas with the tint of their grade, their names, and the stage.
import { type Cells, freeOf, type GradeFilter, gradeShown } from "../plan/cells";
import { type Box, boxesMeet, boxOf, distanceToEdge } from "../plan/geometry";
import { floorShortName, sectionShortName } from "../plan/names";
import type { Hall } from "../plan/plan";
import { drawSectionName, drawStageName, type SectionSign } from "./block-names";
import type { BlockScene } from "./paint-scene";
import { mix, type Palette } from "./palette";
import type { Pen } from "./surface";

/** The sections and the stage, the stage alone, or one section by its index. */
export type Part = "all" | "stage" | number;

/** How the area of a section looks from afar and from near by, for as many free seats as it has. */
type Tint = { far: string; near: string; free: number };

// A little beyond the outline, in plan centimetres, so that corners are round and the seats at the
// edge stand on ground of their own. Two sections that share an aisle stay apart.
const GROWN = 18;
const UNKNOWN_GROUND = "#808080";
// Below this tint the seats say it all, and names would only cover them.
const NAMED_TINT = 0.05;

/** Draws the areas of sections and the stage. */
export class Blocks {
  readonly boxes: readonly Box[];
  readonly #hall: Hall;
  readonly #paths: Path2D[];
  readonly #stage: Path2D;
  readonly #stageBox: Box;
  // How far the nearest edge is from where the label of a section stands.
  readonly #rooms: number[];
  #tints: Tint[] = [];
  #version = 0;

  constructor(hall: Hall) {
    this.#hall = hall;
    this.boxes = hall.sections.map((section) => boxOf(section.outline));
    this.#paths = hall.sections.map((section) => pathOf(section.outline));
    this.#stage = pathOf(hall.stage.outline);
    this.#stageBox = boxOf(hall.stage.outline);
    this.#rooms = hall.sections.map((section) =>
      distanceToEdge(section.outline, section.middle.x, section.middle.y),
    );
  }

  /** Another number whenever a colour or a count in the names is another. */
  get version(): number {
    return this.#version;
  }

  /** Reckons the tints anew, after the counts or the colours have changed. */
  retint(cells: Cells, palette: Palette, grades: GradeFilter): void {
    const before = this.#tints;
    this.#tints = this.#hall.sections.map((section, index) => {
      const free = freeOf(this.#hall, cells, index, grades);
      const color = palette.grades[gradeShown(this.#hall, cells, index)] ?? palette.ink;
      const share = free / Math.max(1, section.seatTo - section.seatFrom);
      // In steps, so that a single seat does not give the whole section another colour.
      const strength = free === 0 ? 0 : 0.16 + Math.round(0.46 * Math.sqrt(share) * 20) / 20;
      return { far: mix(palette.block, color, strength), near: palette.block, free };
    });
    if (this.#tints.some((tint, index) => !isSameTint(tint, before[index]))) this.#version += 1;
  }

  /** The colour that lies under the seats of a section. */
  fillOf(section: number, tint: number): string {
    const about = this.#tints[section];
    return about ? fillAt(about, tint) : UNKNOWN_GROUND;
  }

  draw(pen: Pen, about: BlockScene, part: Part = "all"): void {
    const { view, palette } = about;
    pen.save();
    this.#inPlan(pen, about);
    for (const [index, path] of this.#paths.entries()) {
      const tint = this.#tints[index];
      if (!tint || !this.#isSeen(index, part, about)) continue;
      fillRound(pen, path, fillAt(tint, about.tint), palette.line, 1 / view.k);
    }
    if (this.#isStageSeen(part, about)) {
      fillRound(pen, this.#stage, palette.stage, palette.stage, 0);
    }
    pen.restore();
  }

  /** Draws a ring around the section in focus. */
  drawRing(pen: Pen, about: BlockScene): void {
    const { view, palette, focus } = about;
    const path = focus === null ? undefined : this.#paths[focus];
    if (!path) return;
    const rings = [
      [6, palette.ground],
      [3, palette.focus],
    ] as const;
    pen.save();
    this.#inPlan(pen, about);
    for (const [width, color] of rings) {
      pen.lineWidth = 2 * GROWN + width / view.k;
      pen.strokeStyle = color;
      pen.stroke(path);
    }
    pen.restore();
  }

  drawNames(pen: Pen, about: BlockScene, part: Part = "all"): void {
    const { ratio } = about;
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    if (this.#isStageSeen(part, about)) {
      drawStageName(pen, this.#hall.stage.shape, this.#stageBox, about);
    }
    if (about.tint > NAMED_TINT) {
      pen.globalAlpha = Math.min(1, about.tint * 2);
      for (const index of this.#hall.sections.keys()) {
        const sign = this.#isSeen(index, part, about) ? this.#signOf(index, about) : null;
        if (sign) drawSectionName(pen, sign, about);
      }
    }
    pen.restore();
  }

  #signOf(index: number, { view, tint, language }: BlockScene): SectionSign | null {
    const section = this.#hall.sections[index];
    const about = this.#tints[index];
    if (!section || !about) return null;
    return {
      name: sectionShortName(this.#hall, index, language),
      parts: this.#hall.isFloorNamed
        ? [floorShortName(this.#hall, index, language), section.label]
        : null,
      free: about.free,
      ground: fillAt(about, tint),
      x: section.middle.x * view.k + view.x,
      y: section.middle.y * view.k + view.y,
      room: (this.#rooms[index] as number) * view.k,
    };
  }

  #isSeen(index: number, part: Part, { seen }: BlockScene): boolean {
    const isMeant = part === "all" || part === index;
    return isMeant && boxesMeet(this.boxes[index] as Box, seen);
  }

  #isStageSeen(part: Part, { seen }: BlockScene): boolean {
    return (part === "all" || part === "stage") && boxesMeet(this.#stageBox, seen);
  }

  #inPlan(pen: Pen, { view, ratio }: BlockScene): void {
    const k = view.k * ratio;
    pen.setTransform(k, 0, 0, k, view.x * ratio, view.y * ratio);
    pen.lineJoin = "round";
  }
}

function isSameTint(one: Tint, other: Tint | undefined): boolean {
  return one.far === other?.far && one.near === other.near && one.free === other.free;
}

function fillAt({ near, far }: Tint, tint: number): string {
  return tint >= 1 ? far : mix(near, far, tint);
}

function fillRound(pen: Pen, path: Path2D, fill: string, edge: string, line: number): void {
  if (line > 0) {
    pen.lineWidth = 2 * (GROWN + line);
    pen.strokeStyle = edge;
    pen.stroke(path);
  }
  pen.lineWidth = 2 * GROWN;
  pen.strokeStyle = fill;
  pen.stroke(path);
  pen.fillStyle = fill;
  pen.fill(path);
}

function pathOf(flat: ArrayLike<number>): Path2D {
  const path = new Path2D();
  for (let i = 0; i + 1 < flat.length; i += 2) {
    if (i === 0) path.moveTo(flat[0] as number, flat[1] as number);
    else path.lineTo(flat[i] as number, flat[i + 1] as number);
  }
  path.closePath();
  return path;
}
