// On a card: how long until it opens, or that it is open.
import type { ConcertCard } from "#/api/show-types";
import { formatClock } from "#/i18n/format";
import { formatAt } from "#/i18n/venue-time";
import { m } from "#/i18n/words";
import { second } from "#/store/clock";
import { language } from "#/store/settings";

/** From here on the time is counted down; what is further away is told as a day. */
export const COUNTED_MS = 48 * 3_600_000;
const URGENT_MS = 600_000;

export function OpeningSign({ card }: { card: ConcertCard }) {
  const opensMs = card.opening?.opens_at_ms ?? card.books_from_ms;
  const closesMs = card.opening?.closes_at_ms ?? card.books_until_ms;
  const now = second.value;
  const leftMs = opensMs - now;
  if (now >= closesMs) return <span class="show-sign">{m.stage_closed()}</span>;
  if (leftMs <= 0) {
    return (
      <span class="show-sign" data-open>
        {m.stage_open()}
      </span>
    );
  }
  if (leftMs > COUNTED_MS) {
    return (
      <span class="show-sign">
        {m.show_opens_at({ time: formatAt(language.value, opensMs, card.zone, now) })}
      </span>
    );
  }
  return (
    <span class="show-sign" data-soon={leftMs <= URGENT_MS || undefined}>
      {m.open_until()} <b role="timer">{formatClock(leftMs)}</b>
    </span>
  );
}
