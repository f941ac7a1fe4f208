// The search for concerts. What is looked for stands in the address, so that loading anew and going back find it again.
import { useComputed } from "@preact/signals";
import { dayIn, HOME_ZONE } from "#/i18n/venue-time";
import { m } from "#/i18n/words";
import { second } from "#/store/clock";
import { goTo, query } from "#/store/route";
import { concertsOf } from "#/store/shows/lists";
import {
  EMPTY_SEARCH,
  isBackwards,
  isLookedFor,
  readSearch,
  type Search,
  searchPath,
  wantedBy,
} from "#/store/shows/search-address";
import { Button } from "#/ui/button";
import { Cards, Nothing } from "./cards";
import { NoShows } from "./no-shows";
import { PageHeading } from "./returning";
import { SearchForm } from "./search-form";
import { ToTop } from "./to-top";

export function SearchPage() {
  const search = useComputed(() => readSearch(query.value)).value;
  return (
    <>
      <PageHeading>{m.search_title()}</PageHeading>
      <SearchForm search={search} />
      <Found search={search} />
      <ToTop />
    </>
  );
}

/** The same for equal questions, whichever page asks. */
function Found({ search }: { search: Search }) {
  const today = useComputed(() => dayIn(second.value, HOME_ZONE)).value;
  if (isBackwards(search)) {
    return (
      <p class="note" data-tone="warn" role="alert">
        {m.search_backwards()}
      </p>
    );
  }
  const wanted = wantedBy(search, today);
  const list = concertsOf(wanted);
  if (!isLookedFor(search)) {
    return (
      <>
        <h2>{m.search_on_sale()}</h2>
        <Cards key="" list={list} none={<NoShows name="on-sale" />} />
      </>
    );
  }
  return <Cards key={JSON.stringify(wanted)} list={list} none={<NotFound search={search} />} />;
}

function NotFound({ search }: { search: Search }) {
  const hidesPast = !search.past && !search.from;
  return (
    <Nothing title={m.search_none()}>
      <p class="soft">{m.search_none_text()}</p>
      {hidesPast && (
        <Button onPress={() => goTo(searchPath({ ...search, past: true }))}>
          {m.search_past()}
        </Button>
      )}
      <Button look={hidesPast ? "quiet" : "plain"} onPress={() => goTo(searchPath(EMPTY_SEARCH))}>
        {m.search_clear()}
      </Button>
    </Nothing>
  );
}
