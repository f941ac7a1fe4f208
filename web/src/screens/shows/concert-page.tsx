// The page of a concert: what it is, when it opens, what it costs, and the ways in.

import { useMemo } from "preact/hooks";
import type { Concert, ConcertCard } from "#/api/show-types";
import { gradeName, m, won } from "#/i18n/words";
import { follow } from "#/store/route";
import { knownCard } from "#/store/shows/lists";
import { Icon } from "#/ui/icons";
import { Waiting } from "../waiting";
import { Poster } from "./cards";
import { concert, trouble, useConcert } from "./concert-store";
import { LikeButton } from "./like-button";
import { OpeningPanel } from "./opening-panel";
import { PageHeading } from "./returning";
import { daysOf } from "./times";
import { isGone, Trouble } from "./trouble";
import { VenuePlan } from "./venue-plan";

export function ConcertScreen({ id }: { id: string }) {
  const { again } = useConcert(id);
  const told = concert.value;
  const why = trouble.value;
  const isTold = told?.card.id === id;
  const card = useMemo(() => knownCard(id), [id]);
  if (why && isGone(why)) return <NoConcert />;
  if (isTold) return <Page card={told.card} told={told} />;
  if (why) {
    return (
      <>
        <PageHeading>{m.oops_title()}</PageHeading>
        <Trouble trouble={why} onAgain={again} />
      </>
    );
  }
  if (card) return <Page card={card} told={null} />;
  return <Waiting label={m.loading()} what={m.concert_waiting()} />;
}

export function NoConcert() {
  return (
    <div class="show-nothing">
      <PageHeading>{m.concert_gone()}</PageHeading>
      <p class="soft">{m.concert_gone_text()}</p>
      <a class="button" href="/shows" onClick={follow}>
        {m.show_find()}
      </a>
    </div>
  );
}

/** What a list told of the concert is there at once; the rest has its place and comes. */
function Page({ card, told }: { card: ConcertCard; told: Concert | null }) {
  return (
    <article class="concert">
      <Head card={card} />
      {told ? (
        <OpeningPanel told={told} />
      ) : (
        <div class="card opening opening-empty" role="status">
          <span class="hidden">{m.loading()}</span>
        </div>
      )}
      {told && <More told={told} />}
    </article>
  );
}

function More({ told }: { told: Concert }) {
  return (
    <div class="concert-more">
      <Prices told={told} />
      <Performers told={told} />
      {told.description && (
        <section class="concert-part">
          <h2>{m.concert_about()}</h2>
          <p class="concert-description">{told.description}</p>
        </section>
      )}
      <section class="concert-part">
        <h2>{m.concert_venue()}</h2>
        <p>
          {told.card.venue} <span class="soft">{told.card.city}</span>
        </p>
        <VenuePlan plan={told.plan} />
      </section>
    </div>
  );
}

function Head({ card }: { card: ConcertCard }) {
  return (
    <header class="concert-head">
      <a class="concert-back" href="/shows" onClick={follow}>
        <Icon name="back" />
        {m.nav_shows()}
      </a>
      <Poster card={card} eager />
      <div class="concert-words">
        <PageHeading>{card.title}</PageHeading>
        <p>
          {card.venue} <span class="soft">{card.city}</span>
        </p>
        <p class="soft">{daysOf(card)}</p>
        {card.performers.length > 0 && <p class="soft">{card.performers.join(", ")}</p>}
        <LikeButton card={card} worded />
      </div>
    </header>
  );
}

function Prices({ told: { grades } }: { told: Concert }) {
  return (
    <section class="concert-part">
      <h2>{m.concert_prices()}</h2>
      <dl class="concert-prices">
        {grades.map(({ name, price_won }) => (
          <div key={name}>
            <dt>{gradeName(name)}</dt>
            <dd>{won(price_won)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Performers({ told: { performers } }: { told: Concert }) {
  if (performers.length === 0) return null;
  return (
    <section class="concert-part">
      <h2>{m.concert_performers()}</h2>
      <ul class="concert-performers">
        {performers.map(({ id, name, picture }) => (
          <li key={id}>
            <img src={picture} alt="" width={88} height={88} loading="lazy" />
            {name}
          </li>
        ))}
      </ul>
    </section>
  );
}
