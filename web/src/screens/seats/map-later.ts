import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { SeatMapProps } from "./map-props";

export const SeatMapLoaded = signal<ComponentType<SeatMapProps> | null>(null);

/** Fetched while one waits for the opening, so that it is there when it is needed. */
export async function fetchSeatMap(): Promise<void> {
  if (SeatMapLoaded.value) return;
  const { SeatList } = await import("./seat-list");
  SeatMapLoaded.value = SeatList;
}
