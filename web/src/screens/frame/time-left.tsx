import { useComputed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { formatClock } from "#/i18n/format";
import { m } from "#/i18n/words";
import { second } from "#/store/clock";
import type { RaceStore } from "#/store/race";
import { announce, announceNow } from "#/ui/announcer";

const SAID_AT = [60, 30, 10, 5];
const TENSE_MS = 60_000;

/** What runs out: the hold once there is one, before that the time inside. */
export function TimeLeft({ store }: { store: RaceStore }) {
  const untilMs = useComputed(
    () => store.hold.value?.until_ms ?? store.inside.value?.until_ms ?? null,
  );
  const isHold = store.hold.value !== null;
  const leftMs =
    untilMs.value === null
      ? null
      : Math.max(0, untilMs.value + store.race.value.started_at_ms - second.value);
  const seconds = leftMs === null ? null : Math.ceil(leftMs / 1000);
  useEffect(() => {
    if (seconds === null || !SAID_AT.includes(seconds)) return;
    (seconds <= 10 ? announceNow : announce)(m.seats_said_left({ seconds }));
  }, [seconds]);
  if (leftMs === null) return null;
  return (
    <p
      class="time-left"
      data-tense={leftMs <= TENSE_MS || undefined}
      data-hold={isHold || undefined}
    >
      <span>{isHold ? m.seats_hold_time() : m.seats_time()}</span>
      <b role="timer" aria-live="off">
        {formatClock(leftMs)}
      </b>
    </p>
  );
}
