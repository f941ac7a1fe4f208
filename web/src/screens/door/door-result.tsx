// How a ticket stands, told by a shape and a word, so that nobody has to tell colours apart.
import { useEffect, useRef } from "preact/hooks";
import type { DoorState, DoorTicket } from "#/api/account-types";
import { placeName } from "#/i18n/tickets";
import { formatAt, ownZone } from "#/i18n/venue-time";
import { gradeName, m } from "#/i18n/words";
import { serverNow } from "#/store/clock";
import { language } from "#/store/settings";

export const DOOR_WORDS: Record<DoorState, () => string> = {
  valid: m.door_valid,
  practice: m.door_practice,
  cancelled: m.door_cancelled,
  entered: m.door_entered,
};

const DOOR_TEXTS: Record<DoorState, () => string> = {
  valid: m.door_valid_text,
  practice: m.door_practice_text,
  cancelled: m.door_cancelled_text,
  entered: m.door_entered_text,
};

/** A tick in a full seat, a broken ring, a cross, and a bar: each is told from the others in black and white. */
const SHAPES: Record<DoorState, string> = {
  valid: "M28 51l15 15 29-33",
  practice: "M50 28v26M50 68v4",
  cancelled: "M33 33l34 34M67 33L33 67",
  entered: "M28 50h44",
};

type DoorResultProps = {
  ticket: DoorTicket;
  /** Whether it was this press that let them in. */
  isLetIn: boolean;
  /** Where the next code is typed, if this one was. */
  next: { readonly current: HTMLElement | null } | null;
};

export function DoorResult({ ticket, isLetIn, next }: DoorResultProps) {
  const state = isLetIn ? "valid" : ticket.state;
  const { title, venue, starts_at_ms, place, grade, entered_at_ms } = ticket;
  const word = useRef<HTMLHeadingElement>(null);
  // The button that was pressed is gone: the next code can be typed, or the word that it brought has the focus.
  useEffect(() => {
    if (isLetIn) (next ?? word).current?.focus({ preventScroll: true });
  }, [isLetIn]);
  const at = (ms: number) => formatAt(language.value, ms, ownZone(), serverNow());
  return (
    <div class="door-result" data-state={state}>
      <svg class="door-shape" viewBox="0 0 100 100" aria-hidden="true">
        <circle cx="50" cy="50" r="44" />
        <path d={SHAPES[state]} />
      </svg>
      <h2 ref={word} tabIndex={-1}>
        {isLetIn ? m.door_let_in() : DOOR_WORDS[state]()}
      </h2>
      <p>{isLetIn ? m.door_let_in_text() : DOOR_TEXTS[state]()}</p>
      <p class="door-place">
        {placeName(place)} · {gradeName(grade)}
      </p>
      <p class="small">
        {title} · {venue}
        <br />
        {at(starts_at_ms)}
      </p>
      {ticket.state === "entered" && entered_at_ms !== null && (
        <p class="small">{m.door_entered_at({ time: at(entered_at_ms) })}</p>
      )}
    </div>
  );
}
