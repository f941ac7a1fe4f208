// The note that says that the server was away and race time stood still.
import { useComputed, useSignal } from "@preact/signals";
import { m, span } from "#/i18n/words";
import { second } from "#/store/clock";
import { current } from "#/store/current";
import { IconButton } from "#/ui/button";
import "./loss-note.css";

/** For this long after an outage every screen says it, also one that was loaded anew. */
const SHOWN_MS = 40_000;

export function ShiftNote() {
  /** Until when, in race time, what happened was read. */
  const readMs = useSignal(-1);
  const store = current.value;
  const shift = useComputed(() => {
    const state = store?.state.value;
    const last = state?.shifts.findLast(({ cause }) => cause === "outage");
    if (!state || !last || last.at_ms <= readMs.value) return null;
    const nowMs = second.value - state.started_at_ms;
    return nowMs - last.at_ms < SHOWN_MS ? last : null;
  }).value;
  return (
    <div class="loss" role="status">
      {shift && (
        <p class="note loss-note" data-tone="warn">
          <span>{m.shift_outage({ span: span(shift.by_ms) })}</span>
          <IconButton
            icon="close"
            label={m.cost_close()}
            onPress={() => {
              readMs.value = shift.at_ms;
            }}
          />
        </p>
      )}
    </div>
  );
}
