// Which race is somebody's first in this browser: it alone carries hints.
import { recall, remember } from "#/platform/storage";

const KEY = "first-race";
const NONE = "none";

/** Whether hints belong to this race. The first race that asks is the first; for whoever raced before, none is. */
export function hasHints(race: string): boolean {
  const first = recall(KEY) ?? (recall("finished") === null ? race : NONE);
  remember(KEY, first);
  return first === race;
}
