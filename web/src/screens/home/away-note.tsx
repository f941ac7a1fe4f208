// What works, and what does not, while the server is out of reach.
import type { PastRace } from "#/api/types";
import { m, number } from "#/i18n/words";
import { isSecure } from "#/platform/installing";
import { isOffline } from "#/store/line";

/** `kept` are the results that can be read all the same. */
export function AwayNote({ kept }: { kept: readonly PastRace[] }) {
  return (
    <div class="note" data-tone="warn" role="status">
      <p>
        <b>{isOffline.value ? m.away_title() : m.oops_title()}</b>
      </p>
      <p>{m.away_start()}</p>
      <p>
        {kept.length > 0
          ? m.away_kept({ count: number(kept.length) })
          : isSecure
            ? m.away_none()
            : m.install_insecure()}
      </p>
    </div>
  );
}
