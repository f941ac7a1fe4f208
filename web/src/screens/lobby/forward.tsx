// The press that skips the wait for an opening.
import { useComputed } from "@preact/signals";
import { m } from "#/i18n/words";
import { tenth } from "#/store/clock";
import { Forward } from "../frame/forward";
import { useRace } from "../with-race";

/** To what race time can jump ahead, in milliseconds before the opening; nearer to it there is nothing to skip. */
const FORWARD_TO_MS = 10_000;
const FORWARD_MS_MIN = 5_000;

/** Whoever is alone in a race need not wait for its opening. */
export function ForwardToOpening() {
  const store = useRace();
  const isFar = useComputed(
    () => store.opensAt.value - tenth.value > FORWARD_TO_MS + FORWARD_MS_MIN,
  );
  if (!isFar.value) return null;
  return <Forward store={store} to="opening" words={m.lobby_forward()} />;
}
