// What is looked for: words, and conditions that can be opened.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { getCities } from "#/api/shows";
import { m } from "#/i18n/words";
import { after, type Cancel } from "#/platform/time";
import { insist } from "#/platform/wake";
import { goTo, type Turn } from "#/store/route";
import {
  conditionsOf,
  EMPTY_SEARCH,
  isLookedFor,
  ORDERS,
  type Order,
  type Search,
  searchPath,
} from "#/store/shows/search-address";
import { Button } from "#/ui/button";
import { Icon } from "#/ui/icons";
import { cities } from "./told";
import { TypedField } from "./typed-field";

/** Letters that follow each other sooner are asked for together. */
const TYPING_MS = 300;

const ORDER_WORDS: Record<Order, () => string> = {
  earliest: m.search_order_date,
  latest: m.search_order_latest,
};

function useCities(): readonly string[] {
  useEffect(() => {
    let isHere = true;
    if (!cities.value) {
      void insist(getCities, () => isHere).then((told) => {
        if (told) cities.value = told;
      });
    }
    return () => {
      isHere = false;
    };
  }, []);
  return cities.value ?? [];
}

export function SearchForm({ search }: { search: Search }) {
  const typing = useRef<Cancel | null>(null);
  const latest = useRef(search);
  latest.current = search;
  useEffect(() => () => typing.current?.(), []);
  const untold = useRef<Partial<Search>>({});
  const go = (change: Partial<Search>, turn: Turn = "push") => {
    typing.current?.();
    const wanted = { ...latest.current, ...untold.current, ...change };
    untold.current = {};
    goTo(searchPath(wanted), turn);
  };
  const type = (change: Partial<Search>) => {
    typing.current?.();
    untold.current = { ...untold.current, ...change };
    // Each letter is no step that one would go back to.
    typing.current = after(TYPING_MS, () => go({}, "replace"));
  };
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const words = new FormData(event.currentTarget).get("words");
        go({ words: typeof words === "string" ? words : "" });
      }}
    >
      <div class="search-words">
        <Icon name="search" />
        <TypedField
          name="words"
          label={m.search_words()}
          hint={m.show_search_hint()}
          value={search.words}
          onTyped={(words) => type({ words })}
        />
      </div>
      <p class="soft small">{m.search_help()}</p>
      <Conditions search={search} go={go} type={type} />
    </form>
  );
}

/** From this width on the conditions are seen from the first. */
const WIDE_MIN = 900;

type ConditionsProps = {
  search: Search;
  go: (change: Partial<Search>) => void;
  type: (change: Partial<Search>) => void;
};

function Conditions({ search, go, type }: ConditionsProps) {
  const count = conditionsOf(search);
  const isOpen = useSignal(count > 0 || innerWidth >= WIDE_MIN);
  const known = useCities();
  const towns = search.city && !known.includes(search.city) ? [search.city, ...known] : known;
  return (
    <details
      class="search-more"
      open={isOpen.value}
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>{count > 0 ? m.search_more_count({ count }) : m.search_more()}</summary>
      <div class="search-fields">
        <label class="field">
          <span>{m.search_city()}</span>
          <select
            class="input"
            value={search.city}
            onChange={({ currentTarget }) => go({ city: currentTarget.value })}
          >
            <option value="">{m.search_city_any()}</option>
            {towns.map((city) => (
              <option key={city} value={city}>
                {city}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{m.search_performer()}</span>
          <TypedField value={search.performer} onTyped={(performer) => type({ performer })} />
        </label>
        <Days search={search} go={go} />
        <label class="field">
          <span>{m.search_order()}</span>
          <select
            class="input"
            value={search.order}
            // What is on sale has an order of its own.
            disabled={!isLookedFor(search)}
            onChange={({ currentTarget }) => go({ order: currentTarget.value as Order })}
          >
            {ORDERS.map((order) => (
              <option key={order} value={order}>
                {ORDER_WORDS[order]()}
              </option>
            ))}
          </select>
        </label>
        <label class="calendar-liked search-past">
          <input
            type="checkbox"
            checked={search.past}
            onChange={({ currentTarget }) => go({ past: currentTarget.checked })}
          />
          {m.search_past()}
        </label>
        <Button look="quiet" onPress={() => go({ ...EMPTY_SEARCH, words: search.words })}>
          {m.search_clear()}
        </Button>
      </div>
    </details>
  );
}

function Days({ search, go }: Pick<ConditionsProps, "search" | "go">) {
  return (
    <>
      <label class="field">
        <span>{m.search_from()}</span>
        <input
          class="input"
          type="date"
          value={search.from}
          onChange={({ currentTarget }) => go({ from: currentTarget.value })}
        />
      </label>
      <label class="field">
        <span>{m.search_to()}</span>
        <input
          class="input"
          type="date"
          value={search.to}
          onChange={({ currentTarget }) => go({ to: currentTarget.value })}
        />
      </label>
    </>
  );
}
