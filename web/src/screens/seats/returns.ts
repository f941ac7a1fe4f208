// Seats that are free again after none was: said as soon as the map shows them, which the style decides.
import { useEffect, useRef } from "preact/hooks";
import { m, number } from "#/i18n/words";
import type { RaceStore } from "#/store/race";
import { announce } from "#/ui/announcer";

/** Says it aloud without moving the focus, and shows it. Seats that one gave back oneself are no news. */
export function useReturns(store: RaceStore): void {
  const wasAllTaken = useRef(false);
  const isAllTaken = store.seats.isAllTaken.value;
  const isHolding = store.hold.value !== null;
  useEffect(() => {
    const hasReturned = wasAllTaken.current && !isAllTaken && !isHolding;
    wasAllTaken.current = isAllTaken && !isHolding;
    if (!hasReturned) return;
    const count = store.seats.states?.filter((state) => state === 0).length ?? 0;
    const words = m.sold_said({ count: number(count) });
    announce(words);
    store.toast.say(words);
  }, [store, isAllTaken, isHolding]);
}
