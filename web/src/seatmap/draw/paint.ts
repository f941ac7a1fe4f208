// Draws the hall. Four functions, so that another renderer could take its place.
import { type Cells, type Change, FREE } from "../plan/cells";
import { boxOfHall } from "../plan/hall-of";
import type { Hall } from "../plan/plan";
import { fit, type Size, type View } from "../view/viewport";
import { type Base, createBase } from "./paint-base";
import { createBlocks } from "./paint-blocks";
import { createDetail } from "./paint-detail";
import { MARGIN } from "./paint-level";
import { createMinimap } from "./paint-minimap";
import { createRuler } from "./paint-rows";
import { alike, type Scene } from "./paint-scene";
import { createStagePointer } from "./stage-pointer";

export type Painter = {
  resize: (size: Size, ratio: number) => void;
  show: (scene: Scene) => void;
  change: (changes: readonly Change[]) => void;
  close: () => void;
};

const FADE_MS = 600;
const RATIO_MAX = 2;
// Fading seats beyond this many would no longer be told apart.
const FADES_MAX = 300;
// Frames between two refreshings of the picture of the whole hall, and between two sharp pictures
// while a hand does not rest.
const REFRESH_FRAMES = 12;
const REPAINT_PAN_FRAMES = 24;
const REPAINT_ZOOM_FRAMES = 60;
// How far a zoom goes before that: a picture of another size is soft, but moves without a halt.
const REPAINT_ZOOM = 4;
// The small map follows a hand in every so many frames.
const MINIMAP_FRAMES = 4;
// What comes bit by bit is handed over every so many frames.
const FLUSH_FRAMES = 6;
// On the browser's own time line when a new picture is there: for the bench.
const SHARP = "seatmap-sharp";

export function createPainter(
  field: HTMLElement,
  hall: Hall,
  cells: Cells,
  onFrame: (now: number) => void,
): Painter {
  const blocks = createBlocks(hall);
  const detail = createDetail(hall, cells, blocks);
  const minimap = createMinimap(hall);
  const ruler = createRuler(hall);
  const pointer = createStagePointer(hall);
  let base: Base | null = null;
  let size: Size = { width: 1, height: 1 };
  let ratio = 1;
  let scene: Scene | null = null;
  // The scene that the sharp picture shows.
  let shown: Scene | null = null;
  let waiting: number[] = [];
  // Changed, but not yet in the picture of the whole hall.
  const coarse = new Set<number>();
  let frame = 0;
  let turn = 0;
  let paintedTurn = 0;
  const fadeFrom = new Map<number, number>();
  const fading = new Map<number, number>();
  // Painted, but not handed over yet.
  let isHeld = false;
  // A mark on the browser's own time line: what the bench and a profile read.
  const born = performance.now();
  let measured = false;

  const request = (): void => {
    // oxlint-disable-next-line no-restricted-globals -- the one loop that draws
    if (frame === 0) frame = requestAnimationFrame(tick);
  };

  const tick = (now: number): void => {
    frame = 0;
    onFrame(now);
    if (scene && draw(scene, now)) request();
    if (!measured) performance.measure("seatmap-first-draw", { start: born });
    measured = true;
  };

  const prepare = (about: Scene): Base => {
    if (!base) {
      base = createBase(hall, blocks, fit(boxOfHall(hall), size).k * ratio * 1.25);
      base.sheet.shown.className = "seatmap-canvas";
      detail.shown.className = "seatmap-canvas";
      minimap.canvas.className = "seatmap-minimap";
      field.replaceChildren(
        base.sheet.shown,
        detail.shown,
        ruler.canvas,
        pointer.element,
        minimap.canvas,
      );
    }
    if (shown?.palette !== about.palette || shown.grades !== about.grades) {
      detail.forget();
      blocks.retint(cells, about.palette, about.grades);
      base.repaint(cells, about.palette, about.grades);
      minimap.stale();
      coarse.clear();
      waiting = [];
      shown = null;
    }
    return base;
  };

  // What changed goes into every picture that shows it; no picture is drawn anew for it.
  const apply = (about: Scene, to: Base, now: number): void => {
    if (waiting.length > 0) {
      for (const seat of waiting) coarse.add(seat);
      detail.changed(waiting, about);
    }
    fading.clear();
    const ended: number[] = [];
    for (const [seat, from] of fadeFrom) {
      const gone = from < 0 ? 0 : (now - from) / FADE_MS;
      if (from < 0) fadeFrom.set(seat, now);
      if (gone >= 1) ended.push(seat);
      else fading.set(seat, gone);
    }
    for (const seat of ended) fadeFrom.delete(seat);
    if (shown) {
      detail.patch(waiting, fading);
      detail.patch(fading.keys(), fading);
      detail.patch(ended, fading);
    }
    waiting = [];
    if (coarse.size > 0 && turn % REFRESH_FRAMES === 0 && !about.moving) {
      blocks.retint(cells, about.palette, about.grades);
      to.patch(coarse, cells);
      coarse.clear();
      minimap.stale();
    }
  };

  // True if another frame is needed.
  const draw = (about: Scene, now: number): boolean => {
    turn += 1;
    const whole = prepare(about);
    apply(about, whole, now);
    const wanted = about.target ?? about.view;
    let more = false;
    let isHeavy = false;
    let isAwaited = false;
    if (needsPaint(about, wanted)) {
      // A flight waits for its picture, and the first one is waited for; a hand must not feel it.
      isAwaited = about.target !== null || detail.placed() === null;
      isHeavy = !isAwaited;
      more = detail.paint(about, wanted, whole, isAwaited);
      shown = about;
      paintedTurn = turn;
    } else if (detail.isPartial()) {
      isHeavy = true;
      more = detail.more();
    } else if (shown && shown.mine !== about.mine && !about.moving) {
      detail.remark(about);
      shown = about;
    } else if (!about.moving) {
      more = detail.more();
    }
    // Under a hand a new picture is painted in one frame and handed over in the next: both take their time.
    const isDue = isAwaited || (isHeld && !isHeavy);
    if (isDue || (!isHeavy && (!more || turn % FLUSH_FRAMES === 0))) detail.flush();
    if (isDue) {
      performance.clearMarks(SHARP);
      performance.mark(SHARP);
    }
    const isBusy = isHeavy || isDue;
    isHeld = isHeavy;
    place(whole.sheet.shown, about.view, { k: whole.scale, x: 0, y: 0 }, 0);
    const placed = detail.placed();
    if (placed) place(detail.shown, about.view, placed, MARGIN);
    const around = { ...about, size, ratio };
    ruler.draw(around);
    pointer.draw(around);
    // Not in the frames that have a picture to make or to hand over.
    if (!about.moving || (!isBusy && turn % MINIMAP_FRAMES === 0)) {
      minimap.draw({ ...around, picture: whole.sheet.canvas });
    }
    return isHeavy || more || coarse.size > 0 || fadeFrom.size > 0;
  };

  const needsPaint = (about: Scene, wanted: View): boolean => {
    const painted = detail.painted();
    if (!painted || !shown) return true;
    const same = painted.k === wanted.k && painted.x === wanted.x && painted.y === wanted.y;
    if (about.moving && !about.target) {
      const by = about.view.k / painted.k;
      const off = by > REPAINT_ZOOM || by < 1 / REPAINT_ZOOM || !covers(painted, about.view, size);
      const rest = by === 1 ? REPAINT_PAN_FRAMES : REPAINT_ZOOM_FRAMES;
      return off && turn - paintedTurn > rest;
    }
    return !same || !alike(shown, about) || (shown.mine !== about.mine && !detail.isClose());
  };

  return {
    resize: (wanted, devicePixels) => {
      size = wanted;
      ratio = Math.min(RATIO_MAX, devicePixels);
      detail.resize(size, ratio);
      request();
    },
    show: (next) => {
      scene = next;
      request();
    },
    change: (changes) => {
      for (const { seat, from } of changes) {
        waiting.push(seat);
        if (from === FREE && fadeFrom.size < FADES_MAX) fadeFrom.set(seat, -1);
        else fadeFrom.delete(seat);
      }
      request();
    },
    close: () => {
      // oxlint-disable-next-line no-restricted-globals -- the one loop that draws
      cancelAnimationFrame(frame);
      scene = null;
    },
  };
}

// Whether what was painted for one view still fills most of another.
function covers(painted: View, view: View, size: Size): boolean {
  const by = view.k / painted.k;
  const left = view.x - painted.x * by - MARGIN * by;
  const top = view.y - painted.y * by - MARGIN * by;
  const right = left + (size.width + 2 * MARGIN) * by;
  const bottom = top + (size.height + 2 * MARGIN) * by;
  const slackX = size.width * 0.3;
  const slackY = size.height * 0.3;
  return (
    left <= slackX &&
    top <= slackY &&
    right >= size.width - slackX &&
    bottom >= size.height - slackY
  );
}

function place(canvas: HTMLCanvasElement, view: View, painted: View, margin: number): void {
  const by = view.k / painted.k;
  const x = view.x - (painted.x + margin) * by;
  const y = view.y - (painted.y + margin) * by;
  const transform = `translate(${x}px, ${y}px) scale(${by})`;
  if (canvas.style.transform !== transform) canvas.style.transform = transform;
}
