// One's bookings, the newest first. What was cancelled stays, and says so.
import { useEffect } from "preact/hooks";
import type { Booking } from "#/api/show-types";
import { placeName, sum } from "#/i18n/tickets";
import { formatAt } from "#/i18n/venue-time";
import { m, number } from "#/i18n/words";
import { bookingPath } from "#/store/address";
import { serverNow } from "#/store/clock";
import { follow } from "#/store/route";
import { language } from "#/store/settings";
import { keyOfBooking } from "#/store/shows/lists";
import type { Paged } from "#/store/shows/paged";
import { renewOnWake } from "#/store/shows/renewing";
import { Nothing, Onward, Poster } from "../shows/cards";
import { AwayLink } from "../shows/returning";
import { useSteady } from "../shows/steady";
import { At } from "../shows/times";
import { Trouble } from "../shows/trouble";
import { BookingSign, bookingNumber } from "./booking-words";

export function Bookings({ list }: { list: Paged<Booking> }) {
  const shown = useSteady<HTMLUListElement>();
  useEffect(() => renewOnWake(list), [list]);
  const rows = list.rows.value;
  const trouble = list.trouble.value;
  if (trouble && !rows) return <Trouble trouble={trouble} onAgain={() => void list.more()} />;
  if (!rows) {
    return (
      <p class="show-onward soft" role="status">
        {m.loading()}
      </p>
    );
  }
  if (rows.length === 0) {
    return (
      <Nothing title={m.me_bookings_none()}>
        <p class="soft">{m.me_bookings_none_text()}</p>
        <a class="button" href="/shows" onClick={follow}>
          {m.show_find()}
        </a>
      </Nothing>
    );
  }
  return (
    <>
      <ul ref={shown} class="bookings">
        {rows.map((booking) => (
          <OneBooking key={keyOfBooking(booking)} booking={booking} />
        ))}
      </ul>
      <Onward list={list} />
    </>
  );
}

function OneBooking({ booking }: { booking: Booking }) {
  const { concert, starts_at_ms, seats, total_won, cancelled_at_ms, refunded_won, paid_with } =
    booking;
  const isCancelled = cancelled_at_ms !== null;
  const [first] = seats;
  return (
    <li class="card booking" data-cancelled={isCancelled || undefined}>
      <AwayLink class="booking-head" href={bookingPath(booking.sale, booking.number)}>
        <Poster card={concert} />
        <span class="booking-words">
          <BookingSign booking={booking} />
          <b class="show-card-title">{concert.title}</b>
          <span class="show-card-fact">
            <At ms={starts_at_ms} zone={concert.zone} city={concert.city} />
          </span>
          <span class="show-card-fact">{concert.venue}</span>
        </span>
      </AwayLink>
      <p>
        {first && seats.length > 1
          ? m.booking_seats({ place: placeName(first.place), count: number(seats.length - 1) })
          : first && placeName(first.place)}{" "}
        · <b>{sum(total_won, paid_with)}</b>
      </p>
      <p class="soft small">
        {m.booking_number({ number: bookingNumber(booking) })} ·{" "}
        {isCancelled
          ? m.booking_cancelled_at({ time: at(cancelled_at_ms, concert.zone) })
          : m.booking_at({ time: at(booking.booked_at_ms, concert.zone) })}
        {refunded_won !== null && ` · ${m.booking_refunded()} ${sum(refunded_won, paid_with)}`}
      </p>
    </li>
  );
}

const at = (ms: number, zone: string) => formatAt(language.value, ms, zone, serverNow());
