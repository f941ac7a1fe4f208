// Whether it is known, or cannot be, what stands above the choice of a race: it is shown then, and does not move.
import { signal } from "@preact/signals";

export const areSettled = signal(false);

export function settle(): void {
  areSettled.value = true;
}
