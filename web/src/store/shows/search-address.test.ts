// Tests of the address of a search.
import { expect, test } from "vitest";
import {
  conditionsOf,
  EMPTY_SEARCH,
  isBackwards,
  partsOf,
  readSearch,
  type Search,
  searchPath,
  WORDS_MAX,
} from "./search-address";

const WHOLE: Search = {
  words: "ㅂㄷㅎ & 별",
  city: "서울",
  performer: "한별",
  from: "2026-12-01",
  to: "2026-12-31",
  order: "latest",
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
  expect(partsOf({ ...WHOLE, words: " 별 " })["words"]).toBe("별");
});

test("what makes no sense in an address is left out", () => {
  expect(readSearch("?from=tomorrow&to=2026-02-40&order=x&city=")).toEqual(EMPTY_SEARCH);
  expect(readSearch(`?words=${"가".repeat(500)}`).words).toHaveLength(WORDS_MAX);
});

test("one end of the days alone is one condition, and so are both", () => {
  expect(conditionsOf(EMPTY_SEARCH)).toBe(0);
  expect(conditionsOf({ ...EMPTY_SEARCH, from: "2026-12-01" })).toBe(1);
  expect(conditionsOf(WHOLE)).toBe(3);
});

test("days the wrong way round are noticed, one day alone is no fault", () => {
  expect(isBackwards({ ...WHOLE, to: "2026-11-30" })).toBe(true);
  expect(isBackwards({ ...WHOLE, to: WHOLE.from })).toBe(false);
  expect(isBackwards({ ...WHOLE, from: "" })).toBe(false);
});
