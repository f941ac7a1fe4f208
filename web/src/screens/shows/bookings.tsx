// One's bookings, the newest first. What was cancelled stays, and says so.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Refused } from "#/api/client";
import type { Booking } from "#/api/show-types";
import { cancelBooking } from "#/api/shows";
import { formatAt } from "#/i18n/venue-time";
import { m, number, won } from "#/i18n/words";
import { onWake } from "#/platform/wake";
import { concertPath } from "#/store/address";
import { serverNow } from "#/store/clock";
import { follow } from "#/store/route";
import { language } from "#/store/settings";
import { keyOfBooking } from "#/store/shows/lists";
import type { Paged } from "#/store/shows/paged";
import { announce } from "#/ui/announcer";
import { Button } from "#/ui/button";
import { Dialog } from "#/ui/dialog";
import { Nothing, Onward, Poster } from "./cards";
import { AwayLink } from "./returning";
import { At } from "./times";
import { showRefusal, Trouble } from "./trouble";

export function Bookings({ list }: { list: Paged<Booking> }) {
  useEffect(() => {
    void list.more();
    return onWake(() => {
      if (list.rows.value === null) void list.more();
    });
  }, [list]);
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
      <ul class="bookings">
        {rows.map((booking) => (
          <OneBooking key={keyOfBooking(booking)} booking={booking} list={list} />
        ))}
      </ul>
      <Onward list={list} />
    </>
  );
}

type OneBookingProps = { booking: Booking; list: Paged<Booking> };

function OneBooking({ booking, list }: OneBookingProps) {
  const { concert, starts_at_ms, seats, total_won, cancelled_at_ms, number: id } = booking;
  const isAsking = useSignal(false);
  const isCancelled = cancelled_at_ms !== null;
  return (
    <li class="card booking" data-cancelled={isCancelled || undefined}>
      <AwayLink class="booking-head" href={concertPath(concert.id)}>
        <Poster card={concert} />
        <span class="booking-words">
          <span class="show-sign" data-open={!isCancelled || undefined}>
            {isCancelled ? m.booking_cancelled() : m.booking_live()}
          </span>
          <b class="show-card-title">{concert.title}</b>
          <span class="show-card-fact">
            <At ms={starts_at_ms} zone={concert.zone} city={concert.city} />
          </span>
          <span class="show-card-fact">{concert.venue}</span>
        </span>
      </AwayLink>
      <details class="behind">
        <summary>{m.booking_sum({ count: number(seats.length), total: won(total_won) })}</summary>
        <ul class="booking-seats">
          {seats.map(({ place, grade, price_won }) => (
            <li key={place}>
              <span>{place}</span>
              <span class="soft">{m.concert_grade({ name: grade })}</span>
              <span>{won(price_won)}</span>
            </li>
          ))}
        </ul>
      </details>
      <p class="soft small">
        {m.booking_number({ number: `T${String(id + 1).padStart(6, "0")}` })} ·{" "}
        {isCancelled
          ? m.booking_cancelled_at({ time: at(cancelled_at_ms, concert.zone) })
          : m.booking_at({ time: at(booking.booked_at_ms, concert.zone) })}
      </p>
      {!isCancelled && (
        <Button
          final
          onPress={() => {
            isAsking.value = true;
          }}
        >
          {m.booking_cancel()}
        </Button>
      )}
      {isAsking.value && (
        <CancelDialog
          booking={booking}
          list={list}
          onClose={() => {
            isAsking.value = false;
          }}
        />
      )}
    </li>
  );
}

const at = (ms: number, zone: string) => formatAt(language.value, ms, zone, serverNow());

function CancelDialog({ booking, list, onClose }: OneBookingProps & { onClose: () => void }) {
  const isBusy = useSignal(false);
  const trouble = useSignal("");
  const cancel = async () => {
    if (isBusy.value) return;
    isBusy.value = true;
    trouble.value = "";
    try {
      await cancelBooking(booking.sale, booking.number);
      list.change(keyOfBooking(booking), (one) => ({ ...one, cancelled_at_ms: serverNow() }));
      announce(m.booking_cancelled());
      onClose();
    } catch (error) {
      trouble.value = error instanceof Refused ? showRefusal(error) : m.oops_text();
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <Dialog
      title={m.booking_cancel_title()}
      words={
        <>
          <p>{booking.concert.title}</p>
          <p>{m.booking_cancel_text()}</p>
          {trouble.value && <p class="room-trouble">{trouble}</p>}
        </>
      }
      onClose={onClose}
    >
      <Button look="primary" final unready={isBusy.value} onPress={() => void cancel()}>
        {m.booking_cancel_yes()}
      </Button>
      <Button onPress={onClose}>{m.booking_cancel_no()}</Button>
    </Dialog>
  );
}
