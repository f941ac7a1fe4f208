// A few concerts large, side by side: swiped, or turned by two buttons. Nothing turns by itself.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ConcertCard } from "#/api/show-types";
import { getBanners } from "#/api/shows";
import { m } from "#/i18n/words";
import { prefersLessMotion } from "#/platform/motion";
import { after, type Cancel } from "#/platform/time";
import { insist } from "#/platform/wake";
import { concertPath } from "#/store/address";
import { IconButton } from "#/ui/button";
import { Poster } from "./cards";
import { OpeningSign } from "./opening-sign";
import { AwayLink } from "./returning";
import { daysOf } from "./times";
import { banners } from "./told";

/** A row that has not moved for so long has come to rest: longer than the time between two of its steps. */
const REST_MS = 120;

export function Banners() {
  const row = useRef<HTMLUListElement>(null);
  const at = useSignal(0);
  const resting = useRef<Cancel | null>(null);
  useEffect(() => () => resting.current?.(), []);
  useEffect(() => {
    let isHere = true;
    void insist(getBanners, () => isHere).then((told) => {
      if (told) banners.value = told;
    });
    return () => {
      isHere = false;
    };
  }, []);
  const cards = banners.value;
  if (cards?.length === 0) return null;
  const count = cards?.length ?? 0;
  const turn = (by: number) => {
    const to = (at.value + by + count) % count;
    const card = row.current?.children[to];
    if (!(card instanceof HTMLElement)) return;
    at.value = to;
    row.current?.scrollTo({
      left: card.offsetLeft - (row.current.offsetLeft ?? 0),
      behavior: prefersLessMotion() ? "instant" : "smooth",
    });
  };
  return (
    <section class="show-banners" aria-label={m.show_banners()}>
      <ul
        ref={row}
        class="show-banner-row"
        onScroll={({ currentTarget }) => {
          // Not every browser says when a swipe has come to rest.
          resting.current?.();
          resting.current = after(REST_MS, () => {
            const [first] = currentTarget.children;
            const width = first?.getBoundingClientRect().width ?? 0;
            if (width > 0)
              at.value = Math.min(count - 1, Math.round(currentTarget.scrollLeft / width));
          });
        }}
      >
        {cards ? (
          cards.map((card) => <Banner key={card.id} card={card} />)
        ) : (
          <li class="show-banner" aria-hidden="true" />
        )}
      </ul>
      <div class="show-banner-turn">
        {count > 1 && (
          <>
            <IconButton icon="back" label={m.show_banner_back()} onPress={() => turn(-1)} />
            <span class="soft small">
              {at.value + 1} / {count}
            </span>
            <IconButton icon="next" label={m.show_banner_next()} onPress={() => turn(1)} />
          </>
        )}
      </div>
    </section>
  );
}

function Banner({ card }: { card: ConcertCard }) {
  return (
    <li class="show-banner">
      <AwayLink class="show-banner-link" href={concertPath(card.id)}>
        <Poster card={card} eager />
        <span class="show-banner-words">
          <OpeningSign card={card} />
          <b>{card.title}</b>
          <span class="soft">
            {card.venue} · {card.city}
          </span>
          <span class="soft">{daysOf(card)}</span>
        </span>
      </AwayLink>
    </li>
  );
}
