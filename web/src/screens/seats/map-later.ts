import { signal } from "@preact/signals";

export const seatMap = signal<typeof import("./map-chunk") | null>(null);

/** Fetched while one waits for the opening, so that it is there when it is needed. */
export async function fetchSeatMap(): Promise<void> {
  seatMap.value ??= await import("./map-chunk");
}
