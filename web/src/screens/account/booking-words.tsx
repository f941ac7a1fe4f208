// How a booking is called and how it stands.
import type { Booking } from "#/api/show-types";
import { m } from "#/i18n/words";

/** As the end of a race has it: T000001 for the first. */
export const bookingNumber = ({ number }: Pick<Booking, "number">) =>
  `T${String(number + 1).padStart(6, "0")}`;

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
