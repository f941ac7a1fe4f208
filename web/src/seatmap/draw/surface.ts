// A canvas with its pen, sized in CSS pixels.

export type Pen = CanvasRenderingContext2D;

/** Gives a canvas its size on the page and as many device pixels; drawing on it starts afresh. */
export function resizeCanvas(
  canvas: HTMLCanvasElement,
  wide: number,
  high: number,
  ratio: number,
): void {
  const width = Math.round(wide * ratio);
  const height = Math.round(high * ratio);
  if (canvas.width === width && canvas.height === height) return;
  canvas.width = width;
  canvas.height = height;
  canvas.style.width = `${wide}px`;
  canvas.style.height = `${high}px`;
}

/** Lets a pen draw in device pixels from the corner on. */
export function resetPen(pen: Pen): void {
  pen.setTransform(1, 0, 0, 1, 0, 0);
}
