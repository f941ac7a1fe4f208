// The notice that somebody else was faster.
import { m, seatName, span } from "#/i18n/words";
import { plan } from "#/store/current";
import { Button } from "#/ui/button";
import { Dialog } from "#/ui/dialog";
import { skinOfStyle, wordsOfStyle } from "../manner";
import { wordsOf } from "../refusals";
import { useRace } from "../with-race";

/** 이선좌: somebody was faster. What was seen and when is said, so that it can be learnt from. */
export function ClashNotice() {
  const store = useRace();
  const lost = store.clash.value;
  if (!lost) return null;
  const style = store.style;
  const words = wordsOfStyle(style).taken;
  const close = () => {
    store.clash.value = null;
    // Where the map does not move by itself, the real page loads it anew after this.
    if (style.map.refreshes === "by-hand") {
      store.reloadSeats().catch((error) => store.toast.say(wordsOf(error, store)));
    }
  };
  return (
    <Dialog
      alert
      skin={skinOfStyle(style)}
      title={words.title()}
      words={
        <>
          {plan.value && <p class="clash-seat">{seatName(plan.value, lost.seat)}</p>}
          {lost.lateMs !== null && <p>{m.seats_taken_late({ span: span(lost.lateMs) })}</p>}
          {lost.ageMs !== null && <p>{m.seats_taken_age({ span: span(lost.ageMs) })}</p>}
        </>
      }
      onClose={close}
    >
      <Button final look="primary" onPress={close}>
        {words.ok()}
      </Button>
    </Dialog>
  );
}
