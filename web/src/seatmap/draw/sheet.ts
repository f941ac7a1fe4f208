// A picture on the page that costs nothing while it is only moved. A drawn-on canvas is copied by
// some browsers each time the page is composed; a bitmap that was handed over is not. So we draw out
// of sight and hand over a copy when something has changed.

export type Sheet = {
  /** On the page. */
  readonly shown: HTMLCanvasElement;
  /** To draw on. */
  readonly canvas: HTMLCanvasElement;
  /** Shows what was drawn since. */
  flush: () => void;
};

export function createSheet(): Sheet {
  const canvas = document.createElement("canvas");
  if (typeof OffscreenCanvas === "undefined") {
    return { shown: canvas, canvas, flush: () => {} };
  }
  const shown = document.createElement("canvas");
  const screen = shown.getContext("bitmaprenderer");
  let courier: OffscreenCanvas | null = null;
  return {
    shown,
    canvas,
    flush: () => {
      if (courier?.width !== canvas.width || courier.height !== canvas.height) {
        courier = new OffscreenCanvas(canvas.width, canvas.height);
      }
      courier.getContext("2d")?.drawImage(canvas, 0, 0);
      // A bitmap that is handed over does not change the size of the element that takes it.
      if (shown.width !== canvas.width || shown.height !== canvas.height) {
        shown.width = canvas.width;
        shown.height = canvas.height;
      }
      screen?.transferFromImageBitmap(courier.transferToImageBitmap());
    },
  };
}
