import type { PlanSection } from "#/api/types";

/** How many seats of a section are free in what was last seen. Pure. */
export function countFree(section: PlanSection, states: Uint8Array): number {
  let free = 0;
  for (const row of section.rows) {
    for (let seat = row.first_seat; seat < row.first_seat + row.x.length; seat++) {
      if (states[seat] === 0) free++;
    }
  }
  return free;
}
