// One parsed hall for each plan object, however many components show it.
import type { Box } from "./geometry";
import { type Hall, parsePlan } from "./plan";

const known = new WeakMap<object, Hall>();

export function hallOf(plan: object): Hall {
  const before = known.get(plan);
  if (before) return before;
  const hall = parsePlan(plan);
  known.set(plan, hall);
  return hall;
}

export function boxOfHall(hall: Hall): Box {
  return { left: 0, top: 0, right: hall.width, bottom: hall.height };
}
