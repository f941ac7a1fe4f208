// The ways to play with others, on the first page: a room of one's own, and the next race for everybody.
import { m } from "#/i18n/words";
import { goTo } from "#/store/route";
import { homePart } from "../parts";

/** The place of the next race is as large before it is known: nothing moves when it comes. */
export function Together() {
  const chunk = homePart.found.value;
  return (
    <div class="together">
      <section class="card">
        <h2>{m.together_title()}</h2>
        <p class="soft">{m.together_text()}</p>
        <a
          class="button"
          href="/room"
          onClick={(event) => {
            event.preventDefault();
            goTo("/room");
          }}
        >
          {m.together_new()}
        </a>
      </section>
      <section class="card">{chunk && <chunk.NextOpenRace />}</section>
    </div>
  );
}
