// The press that skips the wait for an opening.
import { useComputed } from "@preact/signals";
import { m } from "#/i18n/words";
import { tenth } from "#/store/clock";
import { Forward } from "../frame/forward";
import { useRace } from "../with-race";

/** To what race time can jump ahead, in milliseconds before the opening; nearer to it there is nothing to skip. */
const FORWARD_TO_MS = 10_000;
const FORWARD_MS_MIN = 5_000;
/** In a lobby no longer than this there is never anything to skip. */
const LOBBY_MS_MIN = FORWARD_TO_MS + FORWARD_MS_MIN;

/** Whoever is alone in a race need not wait for its opening. Where the press goes, its room stays: nothing moves up. */
export function ForwardToOpening() {
  const store = useRace();
  const isFar = useComputed(() => store.opensAt.value - tenth.value > LOBBY_MS_MIN);
  const { shared, exercise, opens_at_ms } = store.race;
  if (shared || exercise || opens_at_ms <= LOBBY_MS_MIN) return null;
  return (
    <div class="lobby-room">
      {isFar.value && <Forward store={store} to="opening" words={m.lobby_forward()} />}
    </div>
  );
}
