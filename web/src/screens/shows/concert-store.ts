// The concert on the screen, asked for anew as often as it changes.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Refused } from "#/api/client";
import type { Concert } from "#/api/show-types";
import { getConcert } from "#/api/shows";
import { after } from "#/platform/time";
import { onWake } from "#/platform/wake";
import { serverNow } from "#/store/clock";
import { nextStageMs, stageAt } from "#/store/shows/stage";

/** How old the seats left may be on the screen while they are sold, in milliseconds. */
const SELLING_MS = 10_000;
const RESTING_MS = 120_000;
/** After a stage has begun the server is asked what it is like. */
const LATER_MS = 700;
const AGAIN_MS = 5_000;

export const concert = signal<Concert | null>(null);
export const trouble = signal<Refused | "away" | null>(null);

async function ask(id: string, isHere: () => boolean): Promise<void> {
  try {
    const told = await getConcert(id);
    if (!isHere()) return;
    concert.value = told;
    trouble.value = null;
  } catch (error) {
    if (isHere()) trouble.value = error instanceof Refused ? error : "away";
  }
}

/** How long what was told is good for. */
export function goodForMs(told: Concert, nowMs: number): number {
  const openings = told.performances.map(({ opening }) => opening);
  const isSelling = openings.some((one) => ["open", "sold-out"].includes(stageAt(one, nowMs)));
  const next = openings
    .map((one) => nextStageMs(one, nowMs))
    .filter((ms): ms is number => ms !== null && ms > nowMs);
  const untilNext = next.length > 0 ? Math.min(...next) - nowMs + LATER_MS : RESTING_MS;
  return Math.min(untilNext, isSelling ? SELLING_MS : RESTING_MS);
}

const isGone = () =>
  trouble.value instanceof Refused && [400, 404].includes(trouble.value.problem.status);

/** Keeps the concert of this id on the screen; what it was before is kept if it is the same. */
export function useConcert(id: string): { again: () => void } {
  useEffect(() => {
    let isHere = true;
    let stop = () => undefined as void;
    if (concert.peek()?.card.id !== id) concert.value = null;
    trouble.value = null;
    const go = async () => {
      stop();
      await ask(id, () => isHere);
      if (!isHere || isGone()) return;
      const told = concert.peek();
      const restMs = trouble.peek() || !told ? AGAIN_MS : goodForMs(told, serverNow());
      stop = after(restMs, () => void go());
    };
    void go();
    const stopWaking = onWake(() => void go());
    return () => {
      isHere = false;
      stop();
      stopWaking();
    };
  }, [id]);
  return { again: () => void ask(id, () => true) };
}
