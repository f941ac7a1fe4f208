// What is to be seen: set by the component, read by the painter.

import type { Language } from "#/api/types";
import type { Cells, GradeFilter } from "../plan/cells";
import type { Box } from "../plan/geometry";
import type { Hall } from "../plan/plan";
import type { View } from "../view/viewport";
import type { Palette } from "./palette";
import { LOOK_FILTERED, LOOK_FREE, LOOK_HELD, LOOK_SOLD, type Look } from "./sprites";

export type Scene = {
  view: View;
  /** A finger or an animation is at it: rather coarse now than sharp late. */
  moving: boolean;
  /** Where a flight will end: drawn in advance, so that it arrives sharp. */
  target: View | null;
  /** Where seats can be chosen; null while sections are. */
  section: number | null;
  mine: readonly number[];
  grades: GradeFilter;
  focusSeat: number | null;
  focusSection: number | null;
  palette: Palette;
  language: Language;
  reducedMotion: boolean;
  /** Where the minimap goes, in CSS pixels; null for none. */
  minimap: Box | null;
};

/** What sections, their names and the stage are drawn from. */
export type BlockScene = {
  view: View;
  seen: Box;
  /** Device pixels a CSS pixel. */
  ratio: number;
  palette: Palette;
  language: Language;
  section: number | null;
  focus: number | null;
  /** 0: seats are drawn and areas are only ground; 1: areas carry the colour. */
  tint: number;
};

/** Looks of the seats that may be behind a change of state in a moment. */
export function lookOf(hall: Hall, cells: Cells, seat: number, grades: GradeFilter): Look {
  const state = cells.state[seat] as number;
  if (state !== 0) return state === 1 ? LOOK_HELD : LOOK_SOLD;
  return grades && !grades.has(hall.grade[seat] as number) ? LOOK_FILTERED : LOOK_FREE;
}

/**
 * Whether a picture of one can stay for the other, but for where they look and whose seats are whose.
 */
export function alike(a: Scene, b: Scene): boolean {
  return (
    a.section === b.section &&
    a.focusSeat === b.focusSeat &&
    a.focusSection === b.focusSection &&
    a.language === b.language &&
    a.reducedMotion === b.reducedMotion
  );
}
