// The concert on the screen, asked for anew as often as it changes.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Why, whyOf } from "#/api/client";
import type { Concert } from "#/api/show-types";
import { getConcert } from "#/api/shows";
import { after } from "#/platform/time";
import { onWake } from "#/platform/wake";
import { serverNow } from "#/store/clock";
import { goodForMs } from "#/store/shows/stage";
import { isGone } from "./trouble";

const AGAIN_MS = 5_000;

export const concert = signal<Concert | null>(null);
export const trouble = signal<Why | null>(null);

async function ask(id: string, isHere: () => boolean): Promise<void> {
  try {
    const told = await getConcert(id);
    if (!isHere()) return;
    concert.value = told;
    trouble.value = null;
  } catch (error) {
    if (isHere()) trouble.value = whyOf(error);
  }
}

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
      if (!isHere || (trouble.value && isGone(trouble.value))) return;
      const told = concert.peek();
      const restMs = trouble.peek() || !told ? AGAIN_MS : goodForMs(told.performances, serverNow());
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
