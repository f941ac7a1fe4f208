// One booking: its tickets, what was paid, and the way to cancel it.
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { TicketedBooking } from "#/api/account-types";
import { Refused } from "#/api/client";
import type { Booking } from "#/api/show-types";
import { bookingNumber } from "#/i18n/booking-number";
import { sum } from "#/i18n/tickets";
import { formatAt, ownZone } from "#/i18n/venue-time";
import { m } from "#/i18n/words";
import { whenIdle } from "#/platform/page";
import { onWake } from "#/platform/wake";
import { BookingStore } from "#/store/account/booking";
import { keepBooking } from "#/store/account/kept-bookings";
import { concertPath } from "#/store/address";
import { keepApp } from "#/store/app";
import { serverNow } from "#/store/clock";
import { isOffline } from "#/store/line";
import { me } from "#/store/me";
import { follow } from "#/store/route";
import { language } from "#/store/settings";
import { Button } from "#/ui/button";
import { Icon } from "#/ui/icons";
import { Poster } from "../shows/cards";
import { AwayLink, PageHeading } from "../shows/returning";
import { At } from "../shows/times";
import { Trouble } from "../shows/trouble";
import { Waiting } from "../waiting";
import { atVenue, BookingSign, firmWords } from "./booking-words";
import { CancelDialog } from "./cancel-dialog";
import { Tickets } from "./tickets";
import { useMe } from "./use-me";

/** `id` is the sale and the number in it, as the address has them. */
export function BookingPage({ id }: { id: string }) {
  const store = useMemo(() => {
    const [sale = "", number = ""] = id.split("/");
    return new BookingStore(sale, number);
  }, [id]);
  useMe();
  useEffect(() => {
    void store.ask(true);
    return onWake(() => {
      if (!store.told.peek()) void store.ask(false);
    });
  }, [store]);
  // The page is kept too: where there is no line, a booking alone would not open.
  useEffect(() => whenIdle(keepApp), []);
  const told = store.told.value;
  const isSomebody = me.value !== null;
  useEffect(() => {
    // Only once it is known whose it is: what another person had here is forgotten by then.
    if (told && isSomebody) keepBooking(told, serverNow());
  }, [told, isSomebody]);
  const kept = store.kept.value;
  const why = store.trouble.value;
  if (told) return <Page store={store} told={told} />;
  if (kept) return <Page store={store} told={kept.told} seenAtMs={kept.seen_at_ms} />;
  if (why instanceof Refused && why.problem.status === 404) return <NoBooking />;
  if (why) {
    return (
      <>
        <PageHeading>{m.oops_title()}</PageHeading>
        <Trouble trouble={why} onAgain={() => void store.ask(false)} />
      </>
    );
  }
  return <Waiting label={m.loading()} what={m.booking_waiting()} />;
}

function NoBooking() {
  return (
    <div class="show-nothing">
      <PageHeading>{m.booking_gone()}</PageHeading>
      <p class="soft">{m.booking_gone_text()}</p>
      <a class="button" href="/me" onClick={follow}>
        {m.nav_me()}
      </a>
    </div>
  );
}

type PageProps = {
  store: BookingStore;
  told: TicketedBooking;
  /** When it was seen, if the server cannot tell it now. */
  seenAtMs?: number;
};

function Page({ store, told, seenAtMs }: PageProps) {
  const { booking } = told;
  const { concert, starts_at_ms } = booking;
  return (
    <article class="booking-page">
      <header class="booking-top">
        <a class="concert-back" href="/me" onClick={follow}>
          <Icon name="back" />
          {m.nav_me()}
        </a>
        <Poster card={concert} eager />
        <div class="booking-words">
          <BookingSign booking={booking} />
          <PageHeading>{concert.title}</PageHeading>
          <p>
            <At ms={starts_at_ms} zone={concert.zone} city={concert.city} />
          </p>
          <p class="soft">
            {concert.venue} · {concert.city}
          </p>
          <AwayLink class="booking-concert" href={concertPath(concert.id)}>
            {m.booking_concert()}
          </AwayLink>
        </div>
      </header>
      {seenAtMs !== undefined && <Seen atMs={seenAtMs} onAgain={() => void store.ask(false)} />}
      <Tickets told={told} />
      <Paid booking={booking} />
      {seenAtMs === undefined && <Cancelling store={store} booking={booking} />}
    </article>
  );
}

function Seen({ atMs, onAgain }: { atMs: number; onAgain: () => void }) {
  const time = formatAt(language.value, atMs, ownZone(), serverNow());
  return (
    <div class="note show-trouble" data-tone="warn" role="status">
      <p>{m.booking_seen({ time })}</p>
      {/* A line that comes back is noticed without a press. */}
      {!isOffline.value && <Button onPress={onAgain}>{m.oops_again()}</Button>}
    </div>
  );
}

function Paid({ booking }: { booking: Booking }) {
  const { cancelled_at_ms, refunded_won } = booking;
  const rows: [string, string][] = [
    [m.booking_id(), bookingNumber(booking.performance, booking.number)],
    [m.booking_when(), atVenue(booking.booked_at_ms, booking)],
    [m.booking_paid_with(), booking.paid_with === "points" ? m.points_title() : m.booking_purse()],
    [m.booking_total(), sum(booking.total_won, booking.paid_with)],
  ];
  if (cancelled_at_ms !== null) {
    rows.push([m.booking_cancelled_when(), atVenue(cancelled_at_ms, booking)]);
    if (refunded_won !== null)
      rows.push([m.booking_refunded(), sum(refunded_won, booking.paid_with)]);
  }
  return (
    <section class="me-part">
      <h2>{m.booking_payment()}</h2>
      <dl class="card opening-facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Cancelling({ store, booking }: { store: BookingStore; booking: Booking }) {
  const isAsking = useSignal(false);
  const { cancel, cancel_until_ms, cancelled_at_ms } = booking;
  if (cancelled_at_ms !== null && !isAsking.value) return null;
  if (cancel === null && !isAsking.value) return <p class="note">{firmWords(booking)}</p>;
  return (
    <section class="me-part">
      {cancel && cancel_until_ms !== null && (
        <p class="soft small">
          {m.booking_cancel_until({ time: atVenue(cancel_until_ms, booking) })}
        </p>
      )}
      <div class="account-go">
        <Button
          final
          onPress={() => {
            // What it costs depends on the day: it is asked for anew as the question is put.
            void store.ask(false);
            isAsking.value = true;
          }}
        >
          {m.booking_cancel()}
        </Button>
      </div>
      {isAsking.value && (
        <CancelDialog
          store={store}
          onClose={() => {
            isAsking.value = false;
          }}
        />
      )}
    </section>
  );
}
