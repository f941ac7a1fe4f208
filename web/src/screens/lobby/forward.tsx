// The press that skips the wait for an opening, for who is alone in a race.
import { useComputed, useSignal } from "@preact/signals";
import { forwardToOpening } from "#/api/forward";
import { m } from "#/i18n/words";
import { tenth } from "#/store/clock";
import { Button } from "#/ui/button";
import { wordsOf } from "../refusals";
import { useRace } from "../with-race";

/** To what race time can jump ahead, in milliseconds before the opening; nearer to it there is nothing to skip. */
const FORWARD_TO_MS = 10_000;
const FORWARD_MS_MIN = 5_000;

/** Whoever is alone in a race need not wait for its opening. */
export function Forward() {
  const store = useRace();
  const isBusy = useSignal(false);
  const isFar = useComputed(
    () => store.opensAt.value - tenth.value > FORWARD_TO_MS + FORWARD_MS_MIN,
  );
  if (store.race.shared || !isFar.value) return null;
  const forward = async () => {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      store.hear((await forwardToOpening(store.id)).state);
    } catch (error) {
      store.toast.say(wordsOf(error, store));
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <Button look="quiet" unready={isBusy.value} onPress={() => void forward()}>
      {m.lobby_forward()}
    </Button>
  );
}
