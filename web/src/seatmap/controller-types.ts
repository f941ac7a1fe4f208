// What the component tells the map and hears from it.
import type { Cells } from "./cells";
import type { Point } from "./geometry";
import type { Scene } from "./paint-scene";
import type { Size, View } from "./viewport";

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
