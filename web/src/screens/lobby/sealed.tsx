// The sealed value of a race that several people enter: it shows afterwards that nobody knew the race beforehand.
import type { Race } from "#/api/types";
import { m } from "#/i18n/words";

/** Nothing for a race of one's own, which has no such value. */
export function Sealed({ race }: { race: Race }) {
  const { commitment } = race;
  if (!commitment) return null;
  return (
    <section class="card">
      <h2>{m.lobby_fair_title()}</h2>
      <p class="small soft">{m.lobby_fair_text()}</p>
      <p class="small">
        <span class="soft">{m.lobby_commitment()}</span> <code class="sealed">{commitment}</code>
      </p>
    </section>
  );
}
