// Tests of the address of a search.
import { expect, test } from "vitest";
import {
  conditionsOf,
  EMPTY_SEARCH,
  isBackwards,
  isLookedFor,
  readSearch,
  type Search,
  searchPath,
  WORDS_MAX,
  wantedBy,
} from "./search-address";

const WHOLE: Search = {
  words: "ㅂㄷㅎ & 별",
  city: "서울",
  performer: "한별",
  from: "2026-12-01",
  to: "2026-12-31",
  order: "latest",
  past: true,
};

test("what is looked for is read back out of the address", () => {
  for (const search of [EMPTY_SEARCH, WHOLE, { ...EMPTY_SEARCH, to: "2026-12-31" }]) {
    const [, query = ""] = searchPath(search).split("?");
    expect(readSearch(query)).toEqual(search);
  }
});

test("what does not matter is not in the address", () => {
  expect(searchPath(EMPTY_SEARCH)).toBe("/shows/search");
  expect(searchPath({ ...EMPTY_SEARCH, words: "   " })).toBe("/shows/search");
  expect(searchPath({ ...EMPTY_SEARCH, words: " a " })).toBe("/shows/search?words=a");
});

test("what makes no sense in an address is left out", () => {
  expect(readSearch("?from=tomorrow&to=2026-02-40&order=x&city=")).toEqual(EMPTY_SEARCH);
  expect(readSearch(`?words=${"가".repeat(500)}`).words).toHaveLength(WORDS_MAX);
});

test("one end of the days alone is one condition, and so are both", () => {
  expect(conditionsOf(EMPTY_SEARCH)).toBe(0);
  expect(conditionsOf({ ...EMPTY_SEARCH, from: "2026-12-01" })).toBe(1);
  expect(conditionsOf(WHOLE)).toBe(4);
});

test("days the wrong way round are noticed, one day alone is no fault", () => {
  expect(isBackwards({ ...WHOLE, to: "2026-11-30" })).toBe(true);
  expect(isBackwards({ ...WHOLE, to: WHOLE.from })).toBe(false);
  expect(isBackwards({ ...WHOLE, from: "" })).toBe(false);
});

const TODAY = "2026-12-10";
const wanted = (search: Partial<Search>) => wantedBy({ ...EMPTY_SEARCH, ...search }, TODAY);

test("whoever looks for nothing gets what is on sale, in whatever order", () => {
  for (const search of [{}, { words: "  " }, { order: "latest" } as const]) {
    expect(wanted(search)).toEqual({ list: "on-sale" });
    expect(isLookedFor({ ...EMPTY_SEARCH, ...search })).toBe(false);
  }
});

test("what has been is found only by those who look for it", () => {
  const order = "earliest";
  expect(wanted({ words: "별" })).toEqual({ words: "별", order, from: TODAY });
  expect(wanted({ city: "서울", to: "2026-12-31" })).toEqual({
    city: "서울",
    order,
    from: TODAY,
    to: "2026-12-31",
  });
  expect(wanted({ words: "별", past: true })).toEqual({ words: "별", order });
  expect(wanted({ past: true })).toEqual({ order });
  // Whoever names days gets those days.
  expect(wanted({ from: "2026-01-01" })).toEqual({ order, from: "2026-01-01" });
  expect(wanted({ to: "2026-12-09" })).toEqual({ order, to: "2026-12-09" });
  expect(wanted({ to: TODAY })).toEqual({ order, from: TODAY, to: TODAY });
});
