// Seats that were chosen but not asked for yet, and that the reloaded map shows taken.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { m, number, seatName } from "#/i18n/words";
import { plan } from "#/store/current";
import type { RaceStore } from "#/store/race";
import { isChoosing } from "./choosing";

/** What the last look at the map cost, and what was still chosen after it. */
type Loss = { race: string; seats: readonly number[]; left: readonly number[] };

const loss = signal<Loss | null>(null);

/** Lets go of chosen seats that the map shows taken, and says so. `version` is the one of the map's seats. */
export function useStaleChoice(store: RaceStore, version: number): void {
  const { states } = store.seats;
  const isAsked = isChoosing.value;
  const isHeld = store.hold.value !== null;
  useEffect(() => {
    if (isHeld) loss.value = null;
    // While they are asked for, the map may show them taken by oneself; what is held is one's own.
    if (isAsked || isHeld || !states) return;
    const seats = store.chosen.value.filter((seat) => states[seat] !== 0);
    if (seats.length === 0) return;
    const left = store.chosen.value.filter((seat) => states[seat] === 0);
    store.chosen.value = left;
    loss.value = { race: store.id, seats, left };
    store.toast.say(lossWords(seats));
  }, [version, states, isAsked, isHeld]);
}

/** What was lost, in words, for as long as nothing was chosen or given back since; null otherwise. */
export function lossOf(store: RaceStore): string | null {
  const last = loss.value;
  if (last?.race !== store.id || last.left.join() !== store.chosen.value.join()) return null;
  return lossWords(last.seats);
}

// Names one seat, counts several.
function lossWords(seats: readonly number[]): string {
  const [first] = seats;
  if (seats.length === 1 && first !== undefined && plan.value) {
    return m.seats_gone_one({ seat: seatName(plan.value, first) });
  }
  return m.seats_gone_many({ count: number(seats.length) });
}
