// Asks before a booking is cancelled, and says first what it costs and what comes back.
import { sum } from "#/i18n/tickets";
import { m } from "#/i18n/words";
import type { BookingStore } from "#/store/account/booking";
import { announce } from "#/ui/announcer";
import { Button } from "#/ui/button";
import { Dialog } from "#/ui/dialog";
import { showRefusal } from "../shows/trouble";
import { atVenue, lateWords } from "./booking-words";
import { usePress } from "./use-press";

/** What the server says behind the deadline, and once the sale is over. */
const LATE: readonly string[] = ["opening-closed", "sale-closed"];

export function CancelDialog({ store, onClose }: { store: BookingStore; onClose: () => void }) {
  const press = usePress((refused) => {
    if (!LATE.includes(refused.problem.code) || !store.told.value) return showRefusal(refused);
    void store.ask(false);
    return lateWords(store.told.value.booking);
  });
  const booking = store.told.value?.booking;
  if (!booking) return null;
  const { cancel, cancel_until_ms, cancelled_at_ms, concert, total_won, paid_with } = booking;
  // The deadline may pass while the question stands.
  const isLate = cancel === null && cancelled_at_ms === null;
  const confirm = () => {
    if (isLate) return;
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
      title={isLate ? m.booking_cancel() : m.booking_cancel_title()}
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
          {!isLate && <p>{m.booking_cancel_text()}</p>}
          <p class="account-trouble" role="alert">
            {isLate ? lateWords(booking) : press.trouble}
          </p>
        </>
      }
      onClose={onClose}
    >
      <Button look="primary" final unready={press.isBusy.value || isLate} onPress={confirm}>
        {m.booking_cancel_yes()}
      </Button>
      <Button onPress={onClose}>{m.booking_cancel_no()}</Button>
    </Dialog>
  );
}
