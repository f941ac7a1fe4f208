// How far an opening is by the server's clock, between what the server told and now. Pure.
import type { Opening, Performance, Stage } from "#/api/show-types";

/** Whoever comes this long before it opens is let into the waiting room. The same as in the server. */
export const LOBBY_MS = 600_000;

export function stageAt(opening: Opening, nowMs: number): Stage {
  const { stage, opens_at_ms, closes_at_ms } = opening;
  if (stage === "closed" || nowMs >= closes_at_ms) return "closed";
  if (stage === "sold-out") return "sold-out";
  if (stage === "open" || nowMs >= opens_at_ms) return "open";
  return stage === "lobby" || nowMs >= opens_at_ms - LOBBY_MS ? "lobby" : "before";
}

/** When the next stage begins by itself; null if none does. */
export function nextStageMs(opening: Opening, nowMs: number): number | null {
  switch (stageAt(opening, nowMs)) {
    case "before":
      return opening.opens_at_ms - LOBBY_MS;
    case "lobby":
      return opening.opens_at_ms;
    case "open":
    case "sold-out":
      return opening.closes_at_ms;
    case "closed":
      return null;
  }
}

const URGENCY: Record<Stage, number> = { open: 0, lobby: 0, before: 1, "sold-out": 2, closed: 3 };

/** The performance that a page shows first: one that can be entered, else the one that opens next. */
export function mostUrgent(all: readonly Performance[], nowMs: number): Performance | null {
  const rank = ({ opening, starts_at_ms }: Performance): [number, number] => {
    const stage = stageAt(opening, nowMs);
    return [URGENCY[stage], stage === "before" ? opening.opens_at_ms : starts_at_ms];
  };
  const sorted = [...all].sort((one, other) => {
    const [a, atOne] = rank(one);
    const [b, atOther] = rank(other);
    return a - b || atOne - atOther;
  });
  return sorted[0] ?? null;
}

/** How old the seats left may be on a screen while they are sold, in milliseconds. */
const SELLING_MS = 10_000;
const RESTING_MS = 120_000;
/** After a stage has begun the server is asked what it is like. */
const LATER_MS = 700;

/** How long what was told of these is good for, in milliseconds. */
export function goodForMs(all: readonly Performance[], nowMs: number): number {
  const openings = all.map(({ opening }) => opening);
  const isSelling = openings.some((one) => ["open", "sold-out"].includes(stageAt(one, nowMs)));
  const next = openings
    .map((one) => nextStageMs(one, nowMs))
    .filter((ms): ms is number => ms !== null && ms > nowMs);
  const untilNext = next.length > 0 ? Math.min(...next) - nowMs + LATER_MS : RESTING_MS;
  return Math.min(untilNext, isSelling ? SELLING_MS : RESTING_MS);
}
