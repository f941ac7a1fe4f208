// Shows: a few of them large, what opens soon, and what is on sale.
import { useComputed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { m } from "#/i18n/words";
import { after } from "#/platform/time";
import { serverNow } from "#/store/clock";
import { follow, query } from "#/store/route";
import { type CardList, concertsOf } from "#/store/shows/lists";
import { Icon } from "#/ui/icons";
import { Banners } from "./banners";
import { Cards, Nothing } from "./cards";
import { PageHeading } from "./returning";
import { ToTop } from "./to-top";

const LISTS = ["soon", "on-sale"] as const;
type ListName = (typeof LISTS)[number];

const LIST_WORDS: Record<ListName, () => string> = {
  soon: m.show_list_soon,
  "on-sale": m.show_list_on_sale,
};

const pathOf = (list: ListName) => (list === "soon" ? "/shows" : `/shows?list=${list}`);

/** A list is asked for anew this long after something in it opened or closed, and no sooner than this after another. */
const LATER_MS = 1_500;
const SOONEST_MS = 15_000;

/** When the first of what is shown opens or closes, and so belongs elsewhere. */
function nextChangeMs(list: CardList, now: number): number | null {
  const moments = (list.rows.value ?? []).flatMap(({ opening }) =>
    opening ? [opening.opens_at_ms, opening.closes_at_ms] : [],
  );
  const ahead = moments.filter((ms) => ms > now);
  return ahead.length > 0 ? Math.min(...ahead) : null;
}

/** Keeps a list true while one looks at it. */
function useRenewing(list: CardList): void {
  const rows = list.rows.value;
  useEffect(() => {
    const now = serverNow();
    const next = nextChangeMs(list, now);
    if (next === null) return undefined;
    return after(Math.max(SOONEST_MS, next - now + LATER_MS), () => void list.renew());
  }, [list, rows]);
}

export function ShowsPage() {
  const name = useComputed<ListName>(
    () => LISTS.find((one) => one === new URLSearchParams(query.value).get("list")) ?? "soon",
  ).value;
  const list = concertsOf({ list: name });
  useRenewing(list);
  useEffect(() => {
    if (list.rows.value !== null) void list.renew();
  }, [list]);
  return (
    <>
      <PageHeading class="hidden">{m.nav_shows()}</PageHeading>
      <a class="show-search-link" href="/shows/search" onClick={follow}>
        <Icon name="search" />
        {m.show_search_hint()}
      </a>
      <Banners />
      <nav class="show-tabs" aria-label={m.show_lists()}>
        {LISTS.map((one) => (
          <a
            key={one}
            href={pathOf(one)}
            aria-current={one === name ? "true" : undefined}
            onClick={follow}
          >
            {LIST_WORDS[one]()}
          </a>
        ))}
      </nav>
      <Cards key={name} list={list} none={<NoShows name={name} />} />
      <ToTop />
    </>
  );
}

function NoShows({ name }: { name: ListName }) {
  const isSoon = name === "soon";
  return (
    <Nothing title={isSoon ? m.show_none_soon() : m.show_none_on_sale()}>
      <a class="button" href={isSoon ? "/calendar" : pathOf("soon")} onClick={follow}>
        {isSoon ? m.nav_calendar() : m.show_list_soon()}
      </a>
    </Nothing>
  );
}
