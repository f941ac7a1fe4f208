// How a booking is called and how it stands.
import type { Booking } from "#/api/show-types";
import { formatAt } from "#/i18n/venue-time";
import { m } from "#/i18n/words";
import { serverNow } from "#/store/clock";
import { language } from "#/store/settings";

/** A moment on the clock of the venue, where the booking counts. */
export const atVenue = (ms: number, { concert }: Pick<Booking, "concert">) =>
  formatAt(language.value, ms, concert.zone, serverNow());

type Deadline = Pick<Booking, "cancel_until_ms" | "concert">;

const isPast = ({ cancel_until_ms: until }: Deadline) => until !== null && until <= serverNow();

/** That the deadline is past, and when it was. */
export function lateWords(booking: Deadline): string {
  const { cancel_until_ms: until } = booking;
  if (until === null || !isPast(booking)) return m.booking_cancel_late();
  return m.booking_cancel_late_at({ time: atVenue(until, booking) });
}

/** Why a booking that holds cannot be cancelled: its deadline is past, or somebody came in with it before. */
export const firmWords = (booking: Deadline): string =>
  booking.cancel_until_ms === null || isPast(booking) ? lateWords(booking) : m.booking_entered();

type SignProps = { booking: Pick<Booking, "cancelled_at_ms" | "is_practice"> };

export function BookingSign({ booking: { cancelled_at_ms, is_practice } }: SignProps) {
  const isCancelled = cancelled_at_ms !== null;
  return (
    <span class="booking-signs">
      <span class="show-sign" data-open={!isCancelled || undefined}>
        {isCancelled ? m.booking_cancelled() : m.booking_live()}
      </span>
      {is_practice && <span class="show-sign">{m.ticket_practice()}</span>}
    </span>
  );
}
