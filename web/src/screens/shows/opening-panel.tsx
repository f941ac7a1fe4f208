// How a performance is sold: when it opens, how far it is, and the buttons that lead in.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Concert, ConcertCard, Performance, Stage } from "#/api/show-types";
import { openingPath } from "#/api/shows";
import { m, number, title } from "#/i18n/words";
import { second } from "#/store/clock";
import { catalogue, loadCatalogue } from "#/store/library";
import { me } from "#/store/me";
import { query } from "#/store/route";
import { mostUrgent, stageAt } from "#/store/shows/stage";
import { Big } from "./opening-big";
import { EnterButtons } from "./opening-enter";
import { PerformancePick } from "./performance-pick";
import { SeatsLeftPart } from "./seats-left-part";
import { At } from "./times";

export function OpeningPanel({ told }: { told: Concert }) {
  const picked = useSignal<string | null>(null);
  const { performances, card } = told;
  useEffect(() => {
    // What the address asks for, as after a log-in; else what was shown first stays, whatever becomes more urgent.
    picked.value =
      new URLSearchParams(query.peek()).get("performance") ??
      mostUrgent(performances, second.peek())?.id ??
      null;
  }, [card.id]);
  const shown = performances.find(({ id }) => id === picked.value) ?? performances[0];
  if (!shown) return <p class="note">{m.concert_no_dates()}</p>;
  return (
    <section class="card opening" aria-label={m.opening_title()}>
      <PerformancePick
        all={performances}
        card={card}
        picked={shown.id}
        onPick={(id) => {
          picked.value = id;
        }}
      />
      <Shown key={shown.id} shown={shown} card={card} />
    </section>
  );
}

function Shown({ shown, card }: { shown: Performance; card: ConcertCard }) {
  const stage = stageAt(shown.opening, second.value);
  return (
    <>
      <Big opening={shown.opening} stage={stage} card={card} />
      <EnterButtons performance={shown} stage={stage} />
      {shown.seats_left && (stage === "open" || stage === "sold-out") && (
        <SeatsLeftPart seats={shown.seats_left} />
      )}
      <Facts shown={shown} card={card} stage={stage} />
    </>
  );
}

/** What is paid with: a guest in practice is told once that it costs nothing. */
function purseWords({ is_practice, guests_may_enter }: Performance["opening"]): string {
  const practice = is_practice ? m.opening_practice() : "";
  if (me.value?.account || !guests_may_enter) return `${practice} ${m.opening_points()}`.trim();
  return practice || m.opening_purse();
}

type FactsProps = { shown: Performance; card: ConcertCard; stage: Stage };

function Facts({ shown: { opening }, card, stage }: FactsProps) {
  useEffect(() => void loadCatalogue(), []);
  const style = catalogue.value?.styles.find(({ name }) => name === opening.style);
  const { zone, city } = card;
  return (
    <>
      <dl class="opening-facts">
        <div>
          <dt>{m.opening_opens()}</dt>
          <dd>
            <At ms={opening.opens_at_ms} zone={zone} city={city} />
          </dd>
        </div>
        <div>
          <dt>{m.opening_closes()}</dt>
          <dd>
            <At ms={opening.closes_at_ms} zone={zone} city={city} />
          </dd>
        </div>
        <div>
          <dt>{m.opening_style()}</dt>
          <dd>{style ? title(style.title) : "…"}</dd>
        </div>
        <div>
          <dt>{m.opening_crowd()}</dt>
          <dd>
            {opening.rivals > 0
              ? m.opening_rivals({ count: number(opening.rivals) })
              : m.opening_people()}
          </dd>
        </div>
        <div>
          <dt>{m.opening_limit()}</dt>
          <dd>{m.opening_limit_of({ count: opening.seats_per_person })}</dd>
        </div>
        <div>
          <dt>{m.opening_cancelled()}</dt>
          <dd>
            {opening.cancelled_seats === "at-once"
              ? m.opening_cancelled_at_once()
              : m.opening_cancelled_in_batches()}
          </dd>
        </div>
      </dl>
      {stage !== "closed" && <p class="soft small">{purseWords(opening)}</p>}
      {(stage === "before" || stage === "lobby") && (
        <a class="opening-ics" href={openingPath(card.id)} download={`tingting-${card.id}.ics`}>
          {m.opening_ics()}
        </a>
      )}
    </>
  );
}
