// The sealed value of a room's race, for everybody who has the link: its ends in one line, and the whole below it.
import type { Room } from "#/api/room-types";
import { m } from "#/i18n/words";

/** As many characters of each end as a person compares at a glance. */
const END = 8;

/** Nothing before the race is made: there is no such value yet. */
export function Seal({ room: { commitment } }: { room: Room }) {
  if (!commitment) return null;
  return (
    <details class="card fair">
      <summary>
        {m.results_commitment()}{" "}
        <code class="fair-ends">
          {commitment.slice(0, END)}…{commitment.slice(-END)}
        </code>
      </summary>
      <p class="small soft">{m.room_seal_text()}</p>
      <code class="fair-whole">{commitment}</code>
    </details>
  );
}
