// What to do at each step, in one sentence, in the first race of somebody new.
import { useEffect, useMemo } from "preact/hooks";
import { m } from "#/i18n/words";
import { hasHints } from "#/store/hints";
import type { RaceStore } from "#/store/race";
import type { Step } from "#/store/steps";
import { announce } from "#/ui/announcer";
import "../exercise/training.css";

/** A race that is over needs none. */
const HINTS: Record<Step, (() => string) | null> = {
  lobby: m.hint_lobby,
  queue: m.hint_queue,
  captcha: m.hint_captcha,
  sections: m.hint_sections,
  seats: m.hint_seats,
  price: m.hint_price,
  receipt: m.hint_receipt,
  payment: m.hint_payment,
  done: null,
  report: null,
};

/** A line of the frame: it lies over nothing, asks for nothing and goes with its step. */
export function HintLine({ store, step }: { store: RaceStore; step: Step }) {
  const isFirst = useMemo(() => !store.standing.value.over && hasHints(store.id), [store]);
  const hint = (isFirst && HINTS[step]?.()) || null;
  useEffect(() => {
    if (hint) announce(hint);
  }, [hint]);
  if (!hint) return null;
  return (
    <p class="aside hint">
      <b>{m.hint_label()}</b> {hint}
    </p>
  );
}
