// The note that says what was lost without a press on this page, until the visitor has read it.
import { useEffect } from "preact/hooks";
import { m, number } from "#/i18n/words";
import { after } from "#/platform/time";
import { current } from "#/store/current";
import type { Cause, Loss } from "#/store/losses";
import { IconButton } from "#/ui/button";
import "./loss-note.css";

/** Long enough to be read twice. The report tells it again. */
const SHOWN_MS = 30_000;

const CAUSE_WORDS: Record<Cause, () => string> = {
  reopened: m.cost_reopened,
  opened: m.cost_opened,
  elsewhere: m.cost_elsewhere,
  "hold-ended": m.cost_hold_ended,
};

function wordsOfLoss(loss: Loss): string {
  const { from, to, hasLostPass, seats } = loss;
  const words = [CAUSE_WORDS[loss.cause]()];
  if (seats > 0) words.push(m.cost_seats({ count: number(seats) }));
  else if (hasLostPass) words.push(m.cost_pass());
  if (loss.isInside && hasLostPass) words.push(m.cost_inside_again());
  if (to !== null) {
    const place = number(to);
    words.push(
      from === null ? m.cost_place({ place }) : m.cost_places({ from: number(from), place }),
    );
  }
  return words.join(" ");
}

export function LossNote() {
  const store = current.value;
  const loss = store?.belongings.loss.value ?? null;
  const close = () => {
    if (store && store.belongings.loss.value === loss) store.belongings.loss.value = null;
  };
  useEffect(() => (loss ? after(SHOWN_MS, close) : undefined), [loss]);
  return (
    <div class="loss" role="status">
      {loss && (
        <p class="note loss-note" data-tone="warn">
          <span>{wordsOfLoss(loss)}</span>
          <IconButton icon="close" label={m.cost_close()} onPress={close} />
        </p>
      )}
    </div>
  );
}
