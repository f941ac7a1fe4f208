// The countdown to the opening.
import { m } from "#/i18n/words";
import { tenth } from "#/store/clock";

const SEATS = 24;

/** The number that matters, under a row of seats that fills until the doors open. */
export function Countdown({ opensAt, lengthMs }: { opensAt: number; lengthMs: number }) {
  const leftMs = Math.max(0, opensAt - tenth.value);
  const seconds = Math.floor(leftMs / 1000);
  const minutes = Math.floor(seconds / 60);
  const shown = minutes > 0 ? `${minutes}:${String(seconds % 60).padStart(2, "0")}` : `${seconds}`;
  const filled = Math.round((1 - leftMs / Math.max(1, lengthMs)) * SEATS);
  const isOpen = leftMs === 0;
  return (
    <div
      class="countdown"
      data-tense={(leftMs <= 3_000 && !isOpen) || undefined}
      data-open={isOpen || undefined}
    >
      <p class="soft">{isOpen ? m.lobby_open() : m.lobby_until()}</p>
      <p class="countdown-number" role="timer" aria-live="off">
        {shown}
        <small>.{Math.floor((leftMs % 1000) / 100)}</small>
      </p>
      <span class="countdown-seats" aria-hidden="true">
        {Array.from({ length: SEATS }, (_, seat) => (
          <span key={seat} data-filled={seat < filled || undefined} />
        ))}
      </span>
    </div>
  );
}
