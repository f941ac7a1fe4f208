// Keeps a list of concerts true while somebody looks at it: it is asked for anew when something in it opens or closes.
import { effect } from "@preact/signals";
import type { ConcertCard } from "#/api/show-types";
import { after, type Cancel } from "#/platform/time";
import { onWake } from "#/platform/wake";
import { serverNow } from "../clock";
import type { CardList } from "./lists";
import type { Paged } from "./paged";

/** A list is asked for anew this long after something in it opened or closed, and no sooner than this after another. */
const LATER_MS = 1_500;
const SOONEST_MS = 15_000;
/** Where nothing opens or closes: a host may have added a concert, or a sale may have ended early. */
const RESTING_MS = 120_000;

/** How long what these say is good for, in milliseconds. */
export function listGoodForMs(rows: readonly ConcertCard[], nowMs: number): number {
  const ahead = rows
    .flatMap(({ opening, books_from_ms, books_until_ms }) =>
      opening ? [opening.opens_at_ms, opening.closes_at_ms] : [books_from_ms, books_until_ms],
    )
    .filter((ms) => ms > nowMs);
  return Math.max(SOONEST_MS, Math.min(RESTING_MS, Math.min(...ahead) - nowMs + LATER_MS));
}

/** Asks for a list as it comes, and again when the page wakes. Between these it stays as it is. */
export function renewOnWake<T>(list: Paged<T>): Cancel {
  const go = () => void (list.rows.peek() === null ? list.more() : list.renew());
  go();
  return onWake(go);
}

/** The same, and also asks when what the list says is no longer so. */
export function renewInTime(list: CardList): Cancel {
  let stopTimer: Cancel = () => undefined;
  const planIn = (ms: number) => {
    stopTimer();
    stopTimer = after(ms, () => {
      planIn(SOONEST_MS);
      // Whoever looks elsewhere wakes the page when they come back.
      if (!document.hidden) void list.renew();
    });
  };
  const stopPlanning = effect(() => {
    // What was read further may close sooner.
    if (list.rows.value) planIn(listGoodForMs(list.rows.value, serverNow()));
  });
  const stopWaking = renewOnWake(list);
  return () => {
    stopPlanning();
    stopWaking();
    stopTimer();
  };
}
