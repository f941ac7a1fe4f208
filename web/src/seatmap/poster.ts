// A hall with seats lit on it, drawn into a picture that leaves the page.
import type { Language, Plan } from "#/api/types";
import { withGrades } from "./draw/palette";
import { paintGlow, paintHall } from "./draw/still";
import { hallOf } from "./plan/hall-of";

export type PosterHall = {
  plan: Plan;
  /** As for the map; null shows every seat free. */
  states: Uint8Array | null;
  /** The seats that are lit. */
  seats: readonly number[];
  language: Language;
  width: number;
  height: number;
};

/** A lit seat needs a dark hall, whatever the page is: its dark colours, without asking the page for them. */
const DARK = {
  ground: "#14101a",
  block: "#221a2d",
  line: "#352c41",
  ink: "#f5f0f9",
  soft: "#b9adc6",
  taken: "#8478a0",
  mine: "#f3e6ff",
  mineInk: "#4a1673",
  focus: "#cfa5f5",
  stage: "#3d3150",
  stageInk: "#f5f0f9",
};

/** A picture is looked at as a whole, and often small: all is drawn larger than on the page. */
const RATIO = 2;
const GLOW = 1.4;

/** The hall as a canvas of its own. `face` is the typeface of the page. */
export function drawPosterHall(poster: PosterHall, face: string): HTMLCanvasElement {
  const { plan, states, seats, language, width, height } = poster;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d");
  if (!pen) return canvas;
  const hall = hallOf(plan);
  const palette = withGrades({ ...DARK, face }, hall.grades);
  const size = { width: width / RATIO, height: height / RATIO };
  const view = paintHall(pen, { hall, states, palette, language, size, ratio: RATIO });
  for (const seat of seats) paintGlow(pen, view, hall, seat, palette, GLOW);
  return canvas;
}
