// What the component tells the map and hears from it.

import type { Scene } from "./draw/paint-scene";
import type { Cells } from "./plan/cells";
import type { Point } from "./plan/geometry";
import type { Size, View } from "./view/viewport";

export type Shown = Omit<Scene, "view" | "moving" | "target" | "minimap">;

export type Events = {
  onSection: (section: number) => void;
  onSeat: (seat: number) => void;
  // Counts have changed, or the view has come to rest.
  onNews: () => void;
  onRest: (view: View) => void;
};

export type Controller = {
  readonly cells: Cells;
  show: (shown: Shown) => void;
  states: (states: Uint8Array) => void;
  resize: (size: Size, ratio: number) => void;
  enter: (section: number | null, at: Point | null) => void;
  zoom: (direction: 1 | -1) => void;
  whole: () => void;
  follow: (seat: number) => void;
  followSection: (section: number) => void;
  close: () => void;
};
