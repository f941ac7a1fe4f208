// A line that says how it stands with the server: the connection is broken, or back, or an answer is late.
import { m } from "#/i18n/words";
import { current } from "#/store/current";
import type { RaceStore } from "#/store/race";

/** Quiet: what was asked goes on by itself once the line is back. */
export function LinkLine() {
  const words = current.value && wordsOfLink(current.value);
  return (
    <div class="link-line" role="status">
      {words && <p>{words}</p>}
    </div>
  );
}

function wordsOfLink(store: RaceStore): string | null {
  if (store.link.value === "broken") return m.link_broken();
  if (store.asking.isSlow.value) return m.link_slow();
  switch (store.belongings.back.value) {
    case "back":
      return m.link_back();
    case "back-and-kept":
      return m.link_back_kept();
    case "no":
      return null;
  }
}
