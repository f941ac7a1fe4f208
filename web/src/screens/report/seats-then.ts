// Which seats were free at the moment of a click. Pure.
import type { HallThen, Plan } from "#/api/types";

const FREE = 0;
/** What is not free is drawn as gone: who had it then is not told. */
const GONE = 2;

/** The states of all seats as the map takes them; null if what was kept belongs to another hall. */
export function statesThen({ free }: HallThen, seats: number): Uint8Array | null {
  const bits = bytesOf(free);
  if (!bits || bits.length !== Math.ceil(seats / 8)) return null;
  return Uint8Array.from({ length: seats }, (_, seat) => {
    const isFree = ((bits[seat >> 3] ?? 0) >> (seat & 7)) & 1;
    return isFree ? FREE : GONE;
  });
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

export const countFree = (states: Uint8Array) =>
  states.reduce((free, state) => free + Number(state === FREE), 0);

/** How many seats of a section were free, and how many it has. */
export type SectionThen = { section: number; free: number; all: number };

export function sectionsThen(plan: Plan, states: Uint8Array): SectionThen[] {
  return plan.sections.map(({ rows }, section) => {
    const first = rows[0]?.first_seat ?? 0;
    const all = rows.reduce((sum, { x }) => sum + x.length, 0);
    return { section, free: countFree(states.subarray(first, first + all)), all };
  });
}
