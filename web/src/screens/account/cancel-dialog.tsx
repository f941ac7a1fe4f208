// Asks before a booking is cancelled, and says first what it costs and what comes back.
import { sum } from "#/i18n/tickets";
import { formatAt } from "#/i18n/venue-time";
import { m } from "#/i18n/words";
import type { BookingStore } from "#/store/account/booking";
import { serverNow } from "#/store/clock";
import { language } from "#/store/settings";
import { announce } from "#/ui/announcer";
import { Button } from "#/ui/button";
import { Dialog } from "#/ui/dialog";
import { usePress } from "./use-press";

export function CancelDialog({ store, onClose }: { store: BookingStore; onClose: () => void }) {
  const press = usePress();
  const booking = store.told.value?.booking;
  if (!booking) return null;
  const { cancel, concert, total_won, paid_with } = booking;
  const confirm = () =>
    void press.run(async () => {
      await store.cancel();
      announce(m.booking_cancelled());
      onClose();
      // The last word is the server's.
      void store.ask(false);
    });
  return (
    <Dialog
      title={m.booking_cancel_title()}
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
          {cancel && (
            <p>
              {m.booking_cancel_until({
                time: formatAt(language.value, cancel.until_ms, concert.zone, serverNow()),
              })}
            </p>
          )}
          <p>{m.booking_cancel_text()}</p>
          <p class="account-trouble" role="alert">
            {press.trouble}
          </p>
        </>
      }
      onClose={onClose}
    >
      <Button look="primary" final unready={press.isBusy.value} onPress={confirm}>
        {m.booking_cancel_yes()}
      </Button>
      <Button onPress={onClose}>{m.booking_cancel_no()}</Button>
    </Dialog>
  );
}
