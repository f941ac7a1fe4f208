// Whether races are of one kind: only then do their times compare. Pure.
import type { HallProgress, HallRun, Progress } from "#/api/training-types";

export type Kind = Pick<HallProgress, "plan" | "demand" | "rivals" | "style">;

/** In the same hall, against as many rivals of the same demand, and in the same style. */
function isAlike(one: Kind, other: Kind): boolean {
  const isSameSale = one.plan === other.plan && one.style === other.style;
  return isSameSale && one.demand === other.demand && one.rivals === other.rivals;
}

/** One's last runs of a kind, the newest first. Races with a chosen seed are not among them. */
export function runsLike({ halls }: Pick<Progress, "halls">, kind: Kind): readonly HallRun[] {
  return halls.find((hall) => isAlike(hall, kind))?.last ?? [];
}
