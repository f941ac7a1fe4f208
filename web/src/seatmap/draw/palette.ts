// Colours for the canvas. They come from CSS variables, so that the page decides on light and dark;
// grade colours are moved until they can be told from the ground.

/** All colours that the map draws with, as `#rrggbb`. */
export type Palette = {
  ground: string;
  block: string;
  line: string;
  ink: string;
  soft: string;
  taken: string;
  mine: string;
  mineInk: string;
  focus: string;
  stage: string;
  stageInk: string;
  grades: string[];
  gradeInks: string[];
  /** The typeface of the page. */
  face: string;
};

// Name in the palette → variable in seatmap.css.
const VARIABLES = {
  ground: "--seat-ground",
  block: "--seat-block",
  line: "--seat-line",
  ink: "--seat-ink",
  soft: "--seat-ink-soft",
  taken: "--seat-taken",
  mine: "--seat-mine",
  mineInk: "--seat-mine-ink",
  focus: "--seat-focus",
  stage: "--seat-stage",
  stageInk: "--seat-stage-ink",
} as const;

// Enough for text, because seats carry their number: white on the darker colours of a light page,
// near black on the lighter ones of a dark page.
const GRADE_CONTRAST = 4.5;
const LIGHT_INK = "#ffffff";
const DARK_INK = "#14091f";

/** Reads the colours from the variables of an element. */
export function readPalette(element: HTMLElement, grades: readonly { color: string }[]): Palette {
  const probe = document.createElement("canvas");
  probe.width = 1;
  probe.height = 1;
  const pen = probe.getContext("2d", { willReadFrequently: true });
  const swatch = document.createElement("i");
  element.append(swatch);
  // Through a real `color`, because a variable may hold light-dark(), a system colour or oklch().
  const resolve = (variable: string): string => {
    swatch.style.color = `var(${variable})`;
    if (!pen) return "#808080";
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = getComputedStyle(swatch).color;
    pen.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
    return toHex([red, green, blue]);
  };
  const base = Object.fromEntries(
    Object.entries(VARIABLES).map(([name, variable]) => [name, resolve(variable)]),
  ) as Record<keyof typeof VARIABLES, string>;
  swatch.remove();
  const face = getComputedStyle(element).fontFamily || "system-ui";
  return withGrades({ ...base, face }, grades);
}

/** A palette of given colours, and those of the grades as they are told on its ground. */
export function withGrades(
  base: Omit<Palette, "grades" | "gradeInks">,
  grades: readonly { color: string }[],
): Palette {
  const shown = grades.map((grade) => gradeOn(grade.color, base.ground));
  const inks = shown.map((color) => inkOn(color));
  return { ...base, grades: shown, gradeInks: inks };
}

/** A grade's colour as it is shown on a ground: moved until it can be told from it. */
export function gradeOn(color: string, ground: string): string {
  const ink = inkOn(ground) === DARK_INK ? LIGHT_INK : DARK_INK;
  return legible(legible(color, ground, GRADE_CONTRAST), ink, GRADE_CONTRAST);
}

type Rgb = [number, number, number];

export function fromHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

export function toHex(rgb: readonly number[]): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

/** The colour at a share of the way from one to another. */
export function mix(a: string, b: string, share: number): string {
  const from = fromHex(a);
  const to = fromHex(b);
  return toHex(from.map((part, i) => part + ((to[i] as number) - part) * share));
}

function luminance(hex: string): number {
  const [red, green, blue] = fromHex(hex).map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours after WCAG, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** The colour nearest to the wish that stands out from the ground enough. */
export function legible(color: string, ground: string, ratio: number): string {
  const towards = luminance(ground) > 0.18 ? "#000000" : "#ffffff";
  let shown = color.toLowerCase();
  for (let step = 1; step <= 20 && contrast(shown, ground) < ratio; step += 1) {
    shown = mix(color, towards, step / 20);
  }
  return shown;
}

/** White or near black, whichever is read more easily on the colour. */
export function inkOn(color: string): string {
  return contrast(LIGHT_INK, color) >= contrast(DARK_INK, color) ? LIGHT_INK : DARK_INK;
}
