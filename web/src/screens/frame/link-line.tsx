// A line that says when the connection is broken.
import { m } from "#/i18n/words";
import { current } from "#/store/current";

/** Quiet: what was asked goes on by itself once the line is back. */
export function LinkLine() {
  const isBroken = current.value?.link.value === "broken";
  return (
    <div class="link-line" role="status">
      {isBroken && <p>{m.link_broken()}</p>}
    </div>
  );
}
