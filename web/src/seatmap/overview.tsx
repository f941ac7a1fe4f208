// The hall at a glance, for the lobby and for the report: drawn once, with numbered marks.

import { useLayoutEffect, useRef } from "preact/hooks";
import type { Language, Plan } from "#/api/types";
import { formatNumber } from "#/i18n/format";
import { m } from "#/paraglide/messages";
import type { Palette } from "./draw/palette";
import { paintGlow, paintHall } from "./draw/still";
import type { Pen } from "./draw/surface";
import { usePalette } from "./draw/use-palette";
import { createCells, updateCells } from "./plan/cells";
import { hallOf } from "./plan/hall-of";
import { seatName } from "./plan/names";
import type { Hall } from "./plan/plan";
import type { Size } from "./view/viewport";
import "./seatmap.css";
import "./overview.css";

type HallMark = {
  seat: number;
  /** What happened there: "0.3초 늦은 자리". */
  label: string;
  kind: "clicked" | "taken" | "mine";
};

export type HallOverviewProps = {
  plan: Plan;
  /** As for the map; null where nothing is known yet: every seat is shown free. */
  states: Uint8Array | null;
  /** Another number whenever `states` changed in place. */
  version?: number;
  marks?: readonly HallMark[];
  language: Language;
};

/** One and the same, so that a hall without marks is not drawn anew each time it is shown. */
const NO_MARKS: readonly HallMark[] = [];
const RATIO_MAX = 2;
const HEAD_RADIUS = 10;
const HEAD_ABOVE = 20;

export function HallOverview(props: HallOverviewProps) {
  const { plan, states, version, marks = NO_MARKS, language } = props;
  const hall = hallOf(plan);
  const root = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette(root, hall);

  useLayoutEffect(() => {
    const drawing = canvas.current;
    if (!drawing || !palette) return;
    const draw = (): void => {
      const size = { width: drawing.clientWidth, height: drawing.clientHeight };
      if (size.width > 0) drawHall(drawing, hall, states, marks, palette, language, size);
    };
    draw();
    const watch = new ResizeObserver(draw);
    watch.observe(drawing);
    return () => watch.disconnect();
  }, [hall, states, version, marks, palette, language]);

  const free = states ? countFree(hall, states) : hall.seats;
  const said = m.map_shown(
    {
      title: hall.title[language],
      free: formatNumber(language, free),
      count: formatNumber(language, hall.seats),
    },
    { locale: language },
  );
  return (
    <figure ref={root} class="hall-overview">
      <canvas
        ref={canvas}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it is drawn here, there is no file
        role="img"
        aria-label={said}
        style={{ aspectRatio: `${hall.width} / ${hall.height}` }}
      />
      {marks.length > 0 && (
        <ol class="hall-marks">
          {marks.map((mark) => (
            <li key={`${mark.seat} ${mark.kind}`} data-kind={mark.kind}>
              <b>{seatName(hall, mark.seat, language)}</b> <span>{mark.label}</span>
            </li>
          ))}
        </ol>
      )}
    </figure>
  );
}

function countFree(hall: Hall, states: Uint8Array): number {
  const cells = createCells(hall);
  updateCells(hall, cells, states);
  return cells.free;
}

function drawHall(
  canvas: HTMLCanvasElement,
  hall: Hall,
  states: Uint8Array | null,
  marks: readonly HallMark[],
  palette: Palette,
  language: Language,
  size: Size,
): void {
  const ratio = Math.min(RATIO_MAX, devicePixelRatio);
  canvas.width = Math.round(size.width * ratio);
  canvas.height = Math.round(size.height * ratio);
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const view = paintHall(pen, { hall, states, palette, language, size, ratio });
  const heads: { x: number; y: number }[] = [];
  for (const mark of marks) {
    if (mark.kind === "mine") paintGlow(pen, view, hall, mark.seat, palette);
  }
  for (const [index, mark] of marks.entries()) {
    const at = {
      x: (hall.x[mark.seat] ?? 0) * view.k + view.x,
      y: (hall.y[mark.seat] ?? 0) * view.k + view.y,
    };
    const head = freePlace(heads, { x: at.x, y: at.y - HEAD_ABOVE }, size.width);
    heads.push(head);
    drawMark(pen, at, head, String(index + 1), mark.kind, palette);
  }
}

// Beside the marks that are there already, so that each number can be read.
function freePlace(
  heads: readonly { x: number; y: number }[],
  wanted: { x: number; y: number },
  width: number,
): { x: number; y: number } {
  const step = 2 * HEAD_RADIUS + 2;
  for (let turn = 0; turn < 12; turn += 1) {
    // To the right, to the left, and then a line higher.
    const aside = [0, 1, -1, 2][turn % 4] as number;
    const place = { x: wanted.x + aside * step, y: wanted.y - Math.floor(turn / 4) * step };
    const inside = place.x > HEAD_RADIUS && place.x < width - HEAD_RADIUS;
    if (inside && heads.every((one) => Math.hypot(one.x - place.x, one.y - place.y) >= step - 1)) {
      return place;
    }
  }
  return wanted;
}

// One's own is filled, what was lost is hollow; the number leads to the list below.
function drawMark(
  pen: Pen,
  at: { x: number; y: number },
  head: { x: number; y: number },
  number: string,
  kind: HallMark["kind"],
  palette: Palette,
): void {
  pen.lineWidth = 2;
  pen.strokeStyle = palette.mine;
  pen.fillStyle = kind === "mine" ? palette.mine : palette.ground;
  pen.beginPath();
  pen.moveTo(at.x, at.y);
  pen.lineTo(head.x, head.y);
  pen.stroke();
  pen.beginPath();
  pen.arc(at.x, at.y, 3, 0, Math.PI * 2);
  pen.fill();
  pen.stroke();
  pen.beginPath();
  pen.arc(head.x, head.y, HEAD_RADIUS, 0, Math.PI * 2);
  pen.fill();
  if (kind === "clicked") pen.setLineDash([3, 2.5]);
  pen.stroke();
  pen.setLineDash([]);
  pen.font = `700 12px ${palette.face}`;
  pen.textAlign = "center";
  pen.textBaseline = "alphabetic";
  pen.fillStyle = kind === "mine" ? palette.mineInk : palette.ink;
  pen.fillText(number, head.x, head.y + 4.2);
}
