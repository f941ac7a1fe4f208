// What a race is paid with. Pure.
import type { Me } from "#/api/account-types";
import type { Race } from "#/api/types";

export type Purse =
  /** A race that is no opening: money of practice, of which nobody keeps an account. */
  | { kind: "practice" }
  /** A guest in an opening, or somebody of whom the server has not told yet. */
  | { kind: "guest" }
  | { kind: "points"; balanceWon: number };

export function purseOf(race: Pick<Race, "performance">, who: Me | null): Purse {
  if (race.performance == null || !who) return { kind: "practice" };
  if (who.account && who.points_won !== null) return { kind: "points", balanceWon: who.points_won };
  return { kind: "guest" };
}

/** How many points are missing; 0 if there are enough. */
export const missingWon = (balanceWon: number, totalWon: number) =>
  Math.max(0, totalWon - balanceWon);
