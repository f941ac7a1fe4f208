// Shows: a few of them large, what opens soon, and what is on sale.
import { useComputed } from "@preact/signals";
import { m } from "#/i18n/words";
import { follow, query } from "#/store/route";
import { concertsOf } from "#/store/shows/lists";
import { Icon } from "#/ui/icons";
import { Banners } from "./banners";
import { Cards } from "./cards";
import { LISTS, type ListName, NoShows, pathOf } from "./no-shows";
import { PageHeading } from "./returning";
import { ToTop } from "./to-top";

const LIST_WORDS: Record<ListName, () => string> = {
  soon: m.show_list_soon,
  "on-sale": m.show_list_on_sale,
};

export function ShowsPage() {
  const name = useComputed<ListName>(
    () => LISTS.find((one) => one === new URLSearchParams(query.value).get("list")) ?? "soon",
  ).value;
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
      <Cards key={name} list={concertsOf({ list: name })} none={<NoShows name={name} />} />
      <ToTop />
    </>
  );
}
