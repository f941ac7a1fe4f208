// Where no seat is free: to race again now, or to wait for seats that come back.
import { signal, useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { m, wholeSpan } from "#/i18n/words";
import { second } from "#/store/clock";
import { current } from "#/store/current";
import type { RaceStore } from "#/store/race";
import { Button } from "#/ui/button";
import { startAgain } from "../done/again";
import { isStarting } from "../home/start";
import "../exercise/training.css";

/** The race in which the visitor has said to wait. */
const waitsIn = signal<string | null>(null);

type SoldOutProps = {
  store: RaceStore;
  /** Skips the wait; nothing where one is not alone. */
  forward: ComponentChildren;
  /** In the queue one waits anyway. */
  isQueue?: boolean;
};

export function SoldOut({ store, forward, isQueue }: SoldOutProps) {
  const waits = isQueue || waitsIn.value === store.id;
  const times = useTimes(store);
  const isByHand = !isQueue && store.style.map.refreshes === "by-hand";
  return (
    <div class="sold-out">
      <p role="status">
        <b>{waits && !isQueue ? m.sold_waiting() : m.sold_title()}</b>
        <span class="soft small">
          {times.returnsIn === null
            ? m.sold_unknown()
            : m.sold_returns({ span: wholeSpan(times.returnsIn) })}{" "}
          {m.sold_ends({ span: wholeSpan(times.endsIn) })} {isByHand && m.sold_by_hand()}
        </span>
      </p>
      <div class="sold-out-go">
        {waits ? (
          forward
        ) : (
          <Button look="primary" onPress={() => wait(store)}>
            {m.sold_wait()}
          </Button>
        )}
        {/* Whoever is with others goes on with them: their next race is the room's. */}
        {!store.race.shared && (
          <Button final unready={isStarting.value} onPress={() => void raceAgain(store)}>
            {isStarting.value ? m.again_busy() : m.sold_again()}
          </Button>
        )}
      </div>
    </div>
  );
}

function wait(store: RaceStore): void {
  waitsIn.value = store.id;
  document.getElementById("main")?.focus({ preventScroll: true });
}

/** The race that is given up is left only once the next is there: nobody sees its end in between. */
async function raceAgain(store: RaceStore): Promise<void> {
  await startAgain(store.race);
  if (current.value !== store) await store.leave().catch(() => undefined);
}

/** Whole seconds until seats may come back, and until the race ends; null for what is not known. */
function useTimes(store: RaceStore): { returnsIn: number | null; endsIn: number } {
  const left = (untilMs: number) =>
    Math.max(0, Math.ceil((untilMs + store.state.value.started_at_ms - second.value) / 1000));
  const returnsIn = useComputed(() => {
    const { returns_at_ms } = store.counts.value;
    return returns_at_ms === null ? null : left(returns_at_ms);
  }).value;
  return {
    // What was due a moment ago is told anew at once.
    returnsIn: returnsIn === 0 ? null : returnsIn,
    endsIn: useComputed(() => left(store.race.ends_at_ms)).value,
  };
}
