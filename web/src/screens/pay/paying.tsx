// A payment that is under way: how long it may take at most.
import { useComputed } from "@preact/signals";
import { formatClock } from "#/i18n/format";
import { m } from "#/i18n/words";
import { tenth } from "#/store/clock";
import type { RaceStore } from "#/store/race";

/** Until when a payment is under way, in race time; null if none is. */
export const payingUntilMs = (store: RaceStore): number | null =>
  store.hold.value?.paying_until_ms ?? null;

export function Paying({ store, untilMs }: { store: RaceStore; untilMs: number }) {
  // Whole seconds, so that it is drawn when they change and not ten times between.
  const seconds = useComputed(() => {
    const leftMs = untilMs + store.state.value.started_at_ms - tenth.value;
    return Math.max(0, Math.ceil(leftMs / 1000));
  }).value;
  return (
    <section class="summary paying" aria-label={m.payment_under_way()}>
      <p role="status">
        <b>{m.payment_under_way()}</b>
      </p>
      <p class="small">{m.payment_under_way_text()}</p>
      <dl class="sums">
        <div class="summary-total">
          <dt>{m.payment_left()}</dt>
          <dd>
            <span role="timer" aria-live="off">
              {formatClock(seconds * 1000)}
            </span>
          </dd>
        </div>
      </dl>
    </section>
  );
}
