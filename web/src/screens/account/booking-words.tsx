// How a booking is called and how it stands.
import type { Booking } from "#/api/show-types";
import { formatAt } from "#/i18n/venue-time";
import { m } from "#/i18n/words";
import { serverNow } from "#/store/clock";
import { language } from "#/store/settings";

/** A moment on the clock of the venue, where the booking counts. */
export const atVenue = (ms: number, { concert }: Pick<Booking, "concert">) =>
  formatAt(language.value, ms, concert.zone, serverNow());

/** That nothing can be cancelled any longer, and since when. */
export function lateWords(booking: Pick<Booking, "cancel_until_ms" | "concert">): string {
  const { cancel_until_ms: until } = booking;
  if (until === null) return m.booking_cancel_late();
  return m.booking_cancel_late_at({ time: atVenue(until, booking) });
}

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
