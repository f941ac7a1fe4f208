// Whether races are of one kind: only then do their times compare. Pure.
import type { PastRace } from "#/api/types";

export type Kind = Pick<PastRace, "plan" | "demand" | "rivals" | "style">;

/** In the same hall, against as many rivals of the same demand, and in the same style. */
export function isAlike(one: Kind, other: Kind): boolean {
  const isSameSale = one.plan === other.plan && one.style === other.style;
  return isSameSale && one.demand === other.demand && one.rivals === other.rivals;
}
