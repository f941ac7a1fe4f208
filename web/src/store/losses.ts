// What the visitor had before and has no more, and why: what the page says in words. Pure.
import type { You } from "#/api/types";

/**
 * Why something changed without a press on this page:
 * `reopened`: this page was loaded anew; `opened`: the race was open elsewhere and is now open here too;
 * `elsewhere`: another page of the same visitor did it; `hold-ended`: the time for the seats was up.
 */
export type Cause = "reopened" | "opened" | "elsewhere" | "hold-ended";

/** What one has that can be lost. A place and a pass exclude each other. */
export type Had = {
  /** The place one waits with, or came in with; null before the lottery or outside. */
  place: number | null;
  /** How far from the front one waits; null inside. */
  position: number | null;
  pass: string | null;
  /** How many seats are held. */
  seats: number;
  /** When the hold ends, in milliseconds of the race; null if it does not. */
  untilMs: number | null;
};

/** What was lost. The positions are those before and after; null where one did not or does not wait. */
export type Loss = {
  cause: Cause;
  from: number | null;
  to: number | null;
  hasLostPass: boolean;
  seats: number;
  /** One is inside again at once, because nobody waited. */
  isInside: boolean;
};

/** What one has in this state; null where there is nothing to lose. */
export function hadOf(you: You): Had | null {
  switch (you.kind) {
    case "waiting":
      return { place: you.place, position: you.position, pass: null, seats: 0, untilMs: null };
    case "inside": {
      const { place, pass, hold } = you;
      const seats = hold?.seats.length ?? 0;
      return { place, position: null, pass, seats, untilMs: hold?.until_ms ?? null };
    }
    case "away":
    case "pooled":
    case "booked":
    case "gone":
      return null;
  }
}

/** What is lost between two states; null if nothing is, or if the screen that comes says it by itself. */
export function lossBetween(had: Had | null, you: You, nowMs: number, cause: Cause): Loss | null {
  const has = hadOf(you);
  if (!had || (!has && you.kind !== "pooled")) return null;
  const ways = { from: had.position, to: has?.position ?? null, isInside: you.kind === "inside" };
  if (had.pass === null) {
    // Who waited and was let in has lost nothing; who waits with another place has.
    if (you.kind === "inside" || has?.place === had.place) return null;
    return { ...ways, cause, hasLostPass: false, seats: 0 };
  }
  if (has?.pass !== had.pass) {
    return { ...ways, cause, hasLostPass: true, seats: had.seats };
  }
  const seats = had.seats - has.seats;
  if (seats <= 0) return null;
  const isEnded = had.untilMs !== null && had.untilMs <= nowMs;
  return { ...ways, cause: isEnded ? "hold-ended" : cause, hasLostPass: false, seats };
}

/** Whether both are the same place, pass and seats. One moves up in the queue meanwhile. */
export function isSameHad(one: Had | null, other: Had | null): boolean {
  return one?.place === other?.place && one?.pass === other?.pass && one?.seats === other?.seats;
}

/** What was kept as text, unless it is damaged or another version's. */
export function readHad(kept: string | null): Had | null {
  try {
    const had = JSON.parse(kept ?? "null") as Partial<Had> | null;
    if (typeof had?.seats !== "number") return null;
    const { place = null, position = null, pass = null, seats, untilMs = null } = had;
    return { place, position, pass, seats, untilMs };
  } catch {
    return null;
  }
}
