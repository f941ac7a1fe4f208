// The search for concerts. What is looked for stands in the address, so that loading anew and going back find it again.
import { useComputed } from "@preact/signals";
import { m } from "#/i18n/words";
import { goTo, query } from "#/store/route";
import { concertsOf } from "#/store/shows/lists";
import {
  EMPTY_SEARCH,
  isBackwards,
  partsOf,
  readSearch,
  type Search,
  searchPath,
} from "#/store/shows/search-address";
import { Button } from "#/ui/button";
import { Cards, Nothing } from "./cards";
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

/** The same for equal questions, whichever page asks: what is empty finds all. */
function Found({ search }: { search: Search }) {
  if (isBackwards(search)) {
    return (
      <p class="note" data-tone="warn" role="alert">
        {m.search_backwards()}
      </p>
    );
  }
  const parts = partsOf(search);
  // No words at all is a search as well: without an order it would be another list.
  const list = concertsOf({ ...parts, order: search.order });
  return (
    <Cards
      key={JSON.stringify(parts)}
      list={list}
      none={
        <Nothing title={m.search_none()}>
          <p class="soft">{m.search_none_text()}</p>
          <Button onPress={() => goTo(searchPath(EMPTY_SEARCH))}>{m.search_clear()}</Button>
        </Nothing>
      }
    />
  );
}
