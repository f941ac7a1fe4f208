// The countdown to the opening, and the count of what has passed since.
import { formatCount } from "#/i18n/format";
import { m } from "#/i18n/words";
import { tenth } from "#/store/clock";

const SEATS = 24;

/** The number that matters, over a row of seats that fills until the opening: time left, then time lost. */
export function Countdown({ opensAt, lengthMs }: { opensAt: number; lengthMs: number }) {
  const leftMs = Math.max(0, opensAt - tenth.value);
  const lateMs = Math.max(0, tenth.value - opensAt);
  const shown = formatCount(leftMs || lateMs);
  const filled = Math.round((1 - leftMs / Math.max(1, lengthMs)) * SEATS);
  const isOpen = leftMs === 0;
  return (
    <div
      class="countdown"
      data-tense={(leftMs <= 3_000 && !isOpen) || undefined}
      data-open={isOpen || undefined}
    >
      <p class="soft">{isOpen ? m.lobby_since() : m.lobby_until()}</p>
      <p class="countdown-number" role="timer" aria-live="off">
        {shown.whole}
        <small>.{shown.tenth}</small>
      </p>
      <span class="countdown-seats" aria-hidden="true">
        {Array.from({ length: SEATS }, (_, seat) => (
          <span key={seat} data-filled={seat < filled || undefined} />
        ))}
      </span>
    </div>
  );
}
