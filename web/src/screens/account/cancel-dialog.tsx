// Asks before a booking is cancelled, and says first what it costs and what comes back.
import type { Refused } from "#/api/client";
import type { Booking } from "#/api/show-types";
import { sum } from "#/i18n/tickets";
import { m } from "#/i18n/words";
import type { BookingStore } from "#/store/account/booking";
import { announce } from "#/ui/announcer";
import { Button } from "#/ui/button";
import { Dialog } from "#/ui/dialog";
import { showRefusal } from "../shows/trouble";
import { atVenue, firmWords, lateWords } from "./booking-words";
import { usePress } from "./use-press";

/** Why the server cancels nothing, for which the booking tells more when it is asked for anew. */
function wordsOf(refused: Refused, booking: Booking | undefined): string {
  switch (refused.problem.code) {
    // Behind the deadline, and once the sale is over.
    case "opening-closed":
    case "sale-closed":
      return booking ? lateWords(booking) : m.booking_cancel_late();
    case "ticket-used":
      return m.booking_entered();
    case "total-differs":
      return m.booking_differs();
    default:
      return showRefusal(refused);
  }
}

export function CancelDialog({ store, onClose }: { store: BookingStore; onClose: () => void }) {
  const press = usePress((refused) => {
    void store.ask(false);
    return wordsOf(refused, store.told.peek()?.booking);
  });
  const booking = store.told.value?.booking;
  if (!booking) return null;
  const { cancel, cancel_until_ms, cancelled_at_ms, concert, total_won, paid_with } = booking;
  // The deadline may pass, or somebody come in with it, while the question stands.
  const isFirm = cancel === null && cancelled_at_ms === null;
  const confirm = () => {
    if (isFirm) return;
    void press.run(async () => {
      await store.cancel();
      announce(m.booking_cancelled());
      onClose();
      // The last word is the server's.
      void store.ask(false);
    });
  };
  return (
    <Dialog
      title={isFirm ? m.booking_cancel() : m.booking_cancel_title()}
      words={
        <>
          <p>{concert.title}</p>
          {cancel && (
            <dl class="cancel-sums">
              <div>
                <dt>{m.booking_total()}</dt>
                <dd>{sum(total_won, paid_with)}</dd>
              </div>
              <div>
                <dt>{m.booking_fee()}</dt>
                <dd>{sum(cancel.fee_won, paid_with)}</dd>
              </div>
              <div>
                <dt>{paid_with === "points" ? m.booking_back() : m.booking_back_purse()}</dt>
                <dd>{sum(cancel.refund_won, paid_with)}</dd>
              </div>
            </dl>
          )}
          {cancel && cancel_until_ms !== null && (
            <p>{m.booking_cancel_until({ time: atVenue(cancel_until_ms, booking) })}</p>
          )}
          {!isFirm && <p>{m.booking_cancel_text()}</p>}
          <p class="account-trouble" role="alert">
            {isFirm ? firmWords(booking) : press.trouble}
          </p>
        </>
      }
      onClose={onClose}
    >
      <Button look="primary" final unready={press.isBusy.value || isFirm} onPress={confirm}>
        {m.booking_cancel_yes()}
      </Button>
      <Button onPress={onClose}>{m.booking_cancel_no()}</Button>
    </Dialog>
  );
}
