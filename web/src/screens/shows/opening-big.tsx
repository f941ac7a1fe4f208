// The number that matters: how long until it opens, or how it stands.
import { useEffect } from "preact/hooks";
import type { ConcertCard, Opening, Stage } from "#/api/show-types";
import { formatClock } from "#/i18n/format";
import { m, wholeSpan } from "#/i18n/words";
import { second } from "#/store/clock";
import { announce } from "#/ui/announcer";
import { COUNTED_MS } from "./opening-sign";
import { STAGE_WORDS } from "./stage-words";

type BigProps = { opening: Opening; stage: Stage; card: ConcertCard };

const STAGE_LINES: Record<Stage, () => string> = {
  before: m.opening_line_before,
  lobby: m.opening_line_lobby,
  open: m.opening_line_open,
  "sold-out": m.opening_line_sold_out,
  closed: m.opening_line_closed,
};

export function Big({ opening, stage }: BigProps) {
  useEffect(() => {
    if (stage === "open") announce(m.opening_line_open());
  }, [stage]);
  const leftMs = opening.opens_at_ms - second.value;
  const isCounted = stage === "before" || stage === "lobby";
  return (
    <div class="opening-big" data-stage={stage}>
      <p class="soft">{isCounted ? m.open_until() : m.opening_now()}</p>
      <p class="opening-number" role={isCounted ? "timer" : undefined}>
        {!isCounted
          ? STAGE_WORDS[stage]()
          : leftMs > COUNTED_MS
            ? wholeSpan(leftMs / 1000)
            : formatClock(leftMs)}
      </p>
      <p class="soft small">{STAGE_LINES[stage]()}</p>
    </div>
  );
}
