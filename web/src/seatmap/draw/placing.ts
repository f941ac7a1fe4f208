// Where a finished picture goes while the view moves on.
import type { Size, View } from "../view/viewport";
import { MARGIN } from "./paint-level";

/** Of the map's width and height, what may be seen without a sharp picture. */
const SLACK = 0.3;

export function isSameView(a: View, b: View): boolean {
  return a.k === b.k && a.x === b.x && a.y === b.y;
}

/** Whether what was painted for one view still fills most of another. */
export function covers(painted: View, view: View, size: Size): boolean {
  const by = view.k / painted.k;
  const left = view.x - painted.x * by - MARGIN * by;
  const top = view.y - painted.y * by - MARGIN * by;
  const right = left + (size.width + 2 * MARGIN) * by;
  const bottom = top + (size.height + 2 * MARGIN) * by;
  const slackX = size.width * SLACK;
  const slackY = size.height * SLACK;
  return (
    left <= slackX &&
    top <= slackY &&
    right >= size.width - slackX &&
    bottom >= size.height - slackY
  );
}

/** Moves a canvas that was painted for one view, with this much room around it, to another view. */
export function putAt(canvas: HTMLCanvasElement, view: View, painted: View, margin: number): void {
  const by = view.k / painted.k;
  const x = view.x - (painted.x + margin) * by;
  const y = view.y - (painted.y + margin) * by;
  const transform = `translate(${x}px, ${y}px) scale(${by})`;
  if (canvas.style.transform !== transform) canvas.style.transform = transform;
}
