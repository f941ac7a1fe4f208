// One's bookings, the newest first. What was cancelled stays, and says so.
import { useEffect, useMemo } from "preact/hooks";
import type { Booking } from "#/api/show-types";
import { bookingNumber } from "#/i18n/booking-number";
import { placeName, sum } from "#/i18n/tickets";
import { m, number } from "#/i18n/words";
import { keptBookings } from "#/store/account/kept-bookings";
import { bookingPath } from "#/store/address";
import { follow } from "#/store/route";
import { keyOfBooking } from "#/store/shows/lists";
import type { Paged } from "#/store/shows/paged";
import { renewOnWake } from "#/store/shows/renewing";
import { Nothing, Onward, Poster } from "../shows/cards";
import { AwayLink } from "../shows/returning";
import { useSteady } from "../shows/steady";
import { At } from "../shows/times";
import { ToldOrNot } from "../shows/told-or-not";
import { atVenue, BookingSign } from "./booking-words";

export function Bookings({ list }: { list: Paged<Booking> }) {
  useEffect(() => renewOnWake(list), [list]);
  const rows = list.rows.value;
  const trouble = list.trouble.value;
  return (
    <>
      <ToldOrNot told={rows} trouble={trouble} onAgain={() => void list.more()}>
        {(told) => (told.length === 0 ? <NoBookings /> : <Rows rows={told} list={list} />)}
      </ToldOrNot>
      {!rows && trouble && <Kept />}
    </>
  );
}

/** Those whose tickets can be shown though the server cannot be asked. */
function Kept() {
  const kept = useMemo(keptBookings, []);
  if (kept.length === 0) return null;
  return (
    <>
      <p class="soft">{m.ticket_kept()}</p>
      <List rows={kept.map(({ told }) => told.booking)} />
    </>
  );
}

function NoBookings() {
  return (
    <Nothing title={m.me_bookings_none()}>
      <p class="soft">{m.me_bookings_none_text()}</p>
      <a class="button" href="/shows" onClick={follow}>
        {m.show_find()}
      </a>
    </Nothing>
  );
}

function Rows({ rows, list }: { rows: readonly Booking[]; list: Paged<Booking> }) {
  return (
    <>
      <List rows={rows} />
      <Onward list={list} />
    </>
  );
}

function List({ rows }: { rows: readonly Booking[] }) {
  const shown = useSteady<HTMLUListElement>();
  return (
    <ul ref={shown} class="bookings">
      {rows.map((booking) => (
        <OneBooking key={keyOfBooking(booking)} booking={booking} />
      ))}
    </ul>
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
        {m.booking_number({ number: bookingNumber(booking.performance, booking.number) })} ·{" "}
        {isCancelled
          ? m.booking_cancelled_at({ time: atVenue(cancelled_at_ms, booking) })
          : m.booking_at({ time: atVenue(booking.booked_at_ms, booking) })}
        {refunded_won !== null && ` · ${m.booking_refunded()} ${sum(refunded_won, paid_with)}`}
      </p>
    </li>
  );
}
