// Concerts as cards in a grid that goes on as one reads on.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { ConcertCard } from "#/api/show-types";
import { m } from "#/i18n/words";
import { concertPath } from "#/store/address";
import type { CardList } from "#/store/shows/lists";
import { renewInTime } from "#/store/shows/renewing";
import { Button } from "#/ui/button";
import { Cluster } from "#/ui/cluster";
import { LikeButton } from "./like-button";
import { OpeningSign } from "./opening-sign";
import { AwayLink } from "./returning";
import { useSteady } from "./steady";
import { daysOf } from "./times";
import { Trouble } from "./trouble";

/** The poster says nothing that the words beside it do not say. */
export function Poster({ card, eager }: { card: ConcertCard; eager?: boolean }) {
  return (
    <img
      class="show-poster"
      src={card.poster}
      alt=""
      width={300}
      height={420}
      loading={eager ? "eager" : "lazy"}
      decoding="async"
    />
  );
}

function Card({ card }: { card: ConcertCard }) {
  return (
    <li class="show-card">
      <AwayLink class="show-card-link" href={concertPath(card.id)}>
        <span class="show-card-picture">
          <Poster card={card} />
        </span>
        <OpeningSign card={card} />
        <b class="show-card-title">{card.title}</b>
        <span class="show-card-fact">
          {card.venue} · {card.city}
        </span>
        <span class="show-card-fact">{daysOf(card)}</span>
      </AwayLink>
      <LikeButton card={card} />
    </li>
  );
}

const EMPTY_CARDS = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];

/** As large as the cards that are to come: nothing moves when they do. */
function Skeleton() {
  return (
    <div role="status">
      <span class="hidden">{m.loading()}</span>
      <ul class="show-grid" aria-hidden="true">
        {EMPTY_CARDS.map((name) => (
          <li key={name} class="show-card show-empty-card">
            <span class="show-card-picture" />
            <span class="show-card-title" />
            <span class="show-card-fact" />
          </li>
        ))}
      </ul>
    </div>
  );
}

type CardsProps = {
  list: CardList;
  /** What is said where there are none. */
  none: ComponentChildren;
  /** How the list is kept true while one looks at it. */
  renew?: (list: CardList) => () => void;
};

export function Cards({ list, none, renew = renewInTime }: CardsProps) {
  const grid = useSteady<HTMLUListElement>();
  useEffect(() => renew(list), [list]);
  const rows = list.rows.value;
  const trouble = list.trouble.value;
  if (trouble && !rows) return <Trouble trouble={trouble} onAgain={() => void list.more()} />;
  if (!rows) return <Skeleton />;
  if (rows.length === 0) return <>{none}</>;
  return (
    <>
      <ul ref={grid} class="show-grid">
        {rows.map((card) => (
          <Card key={card.id} card={card} />
        ))}
      </ul>
      <Onward list={list} />
    </>
  );
}

type More = Pick<CardList, "isWhole" | "isBusy" | "trouble" | "more">;

/** How far below the screen the next page is asked for: it is there before one has read so far. */
const AHEAD = "800px";

/** The end of what was read: the next page comes when one gets near it, or is asked for by a press. */
export function Onward({ list }: { list: More }) {
  const ref = useRef<HTMLDivElement>(null);
  const isWhole = list.isWhole.value;
  const isBusy = list.isBusy.value;
  const trouble = list.trouble.value;
  useEffect(() => {
    const end = ref.current;
    if (!end || isBusy || trouble) return undefined;
    const watch = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting) void list.more();
      },
      { rootMargin: AHEAD },
    );
    watch.observe(end);
    return () => watch.disconnect();
  }, [list, isBusy, trouble]);
  if (isWhole) return null;
  return (
    <div ref={ref} class="show-onward">
      {trouble ? (
        <Trouble trouble={trouble} onAgain={() => void list.more()} />
      ) : (
        <Button unready={isBusy} onPress={() => void list.more()}>
          {isBusy ? m.loading() : m.show_more()}
        </Button>
      )}
    </div>
  );
}

type NothingProps = { title: string; children: ComponentChildren };

/** Nothing is there: said with empty seats, and with a way on. */
export function Nothing({ title, children }: NothingProps) {
  return (
    <div class="card show-nothing">
      <Cluster filled={0} size={44} />
      <p>
        <b>{title}</b>
      </p>
      {children}
    </div>
  );
}
