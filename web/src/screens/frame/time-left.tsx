// How much time is left, in the frame of every step.
import { useComputed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { formatClock } from "#/i18n/format";
import { m, wholeSpan } from "#/i18n/words";
import { tenth } from "#/store/clock";
import type { RaceStore } from "#/store/race";
import { announce, announceNow } from "#/ui/announcer";

const SAID_AT = [60, 30, 10, 5];
const TENSE_SECONDS = 60;

/** What runs out: a payment that is under way, else the hold once there is one, before that the time inside. */
export function TimeLeft({ store }: { store: RaceStore }) {
  const isHold = store.hold.value !== null;
  const isPaying = store.hold.value?.paying_until_ms != null;
  // Whole seconds, so that it is drawn when they change and not ten times between.
  const left = useComputed(() => {
    const hold = store.hold.value;
    const untilMs = hold?.paying_until_ms ?? hold?.until_ms ?? store.inside.value?.until_ms ?? null;
    if (untilMs === null) return null;
    const leftMs = untilMs + store.state.value.started_at_ms - tenth.value;
    return Math.max(0, Math.ceil(leftMs / 1000));
  });
  const seconds = left.value;
  useEffect(() => {
    if (seconds === null || !SAID_AT.includes(seconds)) return;
    (seconds <= 10 ? announceNow : announce)(m.seats_said_left({ span: wholeSpan(seconds) }));
  }, [seconds]);
  if (seconds === null) return null;
  return (
    <p
      class="time-left"
      data-tense={seconds <= TENSE_SECONDS || undefined}
      data-hold={isHold || undefined}
    >
      <span>{isPaying ? m.payment_left() : isHold ? m.seats_hold_time() : m.seats_time()}</span>
      <b role="timer" aria-live="off">
        {formatClock(seconds * 1000)}
      </b>
    </p>
  );
}
