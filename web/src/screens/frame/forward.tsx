// The press that skips a wait, for who is alone in a race.
import { useSignal } from "@preact/signals";
import { type ForwardTo, forward } from "#/api/forward";
import type { RaceStore } from "#/store/race";
import { Button } from "#/ui/button";
import { wordsOf } from "../refusals";

type ForwardProps = {
  store: RaceStore;
  to: ForwardTo;
  words: string;
  look?: "primary" | "plain" | "quiet";
};

/** Nothing where somebody else would be skipped too, and in an exercise, which has no wait. */
export function Forward({ store, to, words, look = "quiet" }: ForwardProps) {
  const isBusy = useSignal(false);
  if (store.race.shared || store.race.exercise) return null;
  const skip = async () => {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      store.hear((await forward(store.id, to)).state);
    } catch (error) {
      store.toast.say(wordsOf(error, store));
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <Button look={look} unready={isBusy.value} onPress={() => void skip()}>
      {words}
    </Button>
  );
}
