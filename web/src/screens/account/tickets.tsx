// The tickets of a booking: for each seat what is shown at the door.
import type { Ticket, TicketedBooking } from "#/api/account-types";
import type { Booking } from "#/api/show-types";
import { placeName, sum } from "#/i18n/tickets";
import { gradeName, m } from "#/i18n/words";
import { addressOf } from "#/platform/sharing";
import { doorPath } from "#/store/address";
import { Qr } from "../qr/qr-later";

export function Tickets({ told: { booking, tickets } }: { told: TicketedBooking }) {
  const isCancelled = booking.cancelled_at_ms !== null;
  return (
    <section class="me-part">
      <h2>{m.ticket_title()}</h2>
      {isCancelled ? (
        <p class="note">{m.ticket_cancelled_text()}</p>
      ) : (
        <p class="soft">{booking.is_practice ? m.ticket_practice_text() : m.ticket_text()}</p>
      )}
      <ul class="tickets">
        {isCancelled
          ? booking.seats.map((seat) => (
              <li key={seat.place} class="card ticket" data-cancelled>
                <Words seat={seat} of={booking} />
              </li>
            ))
          : tickets.map((ticket) => <OneTicket key={ticket.place} ticket={ticket} of={booking} />)}
      </ul>
    </section>
  );
}

type WordsProps = { seat: Omit<Ticket, "code">; of: Booking };

function Words({ seat: { place, grade, price_won }, of: booking }: WordsProps) {
  return (
    <div class="ticket-words">
      {booking.is_practice && <span class="show-sign">{m.ticket_practice()}</span>}
      <b class="ticket-place">{placeName(place)}</b>
      <span class="soft">
        {gradeName(grade)} · {sum(price_won, booking.paid_with)}
      </span>
    </div>
  );
}

/** In fives, as somebody reads it out. */
const inFives = (code: string) => (code.match(/.{1,5}/g) ?? []).join(" ");

function OneTicket({ ticket, of }: { ticket: Ticket; of: Booking }) {
  const { place, code } = ticket;
  return (
    <li class="card ticket">
      <Words seat={ticket} of={of} />
      <div class="ticket-code">
        <Qr text={addressOf(doorPath(code))} label={m.ticket_qr({ place: placeName(place) })} />
        <p class="soft small">
          {m.ticket_code()}
          <span class="ticket-letters">{inFives(code)}</span>
        </p>
      </div>
    </li>
  );
}
