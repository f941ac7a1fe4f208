// What a race is paid with. Pure.
import type { Me } from "#/api/account-types";
import type { Race } from "#/api/types";

export type Purse =
  /** A race that is no opening: money of practice, of which nobody keeps an account. */
  | { kind: "practice" }
  /** Somebody in an opening of whom the server has not told, or of whose points it cannot tell at the moment. */
  | { kind: "unknown" }
  /** A guest in an opening. */
  | { kind: "guest" }
  | { kind: "points"; balanceWon: number };

export function purseOf(race: Pick<Race, "performance">, who: Me | null): Purse {
  if (race.performance == null) return { kind: "practice" };
  if (who && !who.account) return { kind: "guest" };
  const balanceWon = who?.points_won ?? null;
  return balanceWon === null ? { kind: "unknown" } : { kind: "points", balanceWon };
}

/** How many points are missing; 0 if there are enough. */
export const missingWon = (balanceWon: number, totalWon: number) =>
  Math.max(0, totalWon - balanceWon);
