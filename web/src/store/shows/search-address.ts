// What is looked for, as it stands in the address. Pure; what makes no sense there is left out.
import { isDay } from "./months";

export const ORDERS = ["earliest", "latest"] as const;
export type Order = (typeof ORDERS)[number];

export type Search = {
  words: string;
  city: string;
  performer: string;
  /** The first and the last day; empty where any will do. */
  from: string;
  to: string;
  order: Order;
  /** Concerts that have been, too. */
  past: boolean;
};

export const EMPTY_SEARCH: Search = {
  words: "",
  city: "",
  performer: "",
  from: "",
  to: "",
  order: "earliest",
  past: false,
};

/** As many characters as the server takes. */
export const WORDS_MAX = 100;

const TEXTS = ["words", "city", "performer"] as const;

export function readSearch(query: string): Search {
  const asked = new URLSearchParams(query);
  const found = { ...EMPTY_SEARCH };
  for (const name of TEXTS) found[name] = (asked.get(name) ?? "").slice(0, WORDS_MAX);
  for (const name of ["from", "to"] as const) {
    const day = asked.get(name);
    if (isDay(day)) found[name] = day;
  }
  found.order = ORDERS.find((order) => order === asked.get("order")) ?? "earliest";
  found.past = asked.get("past") === "true";
  return found;
}

/** The parts of a search that matter, by the names that the address has for them. */
function partsOf(search: Search): Record<string, string> {
  const parts: Record<string, string> = {};
  for (const name of TEXTS) {
    const text = search[name].trim();
    if (text) parts[name] = text;
  }
  if (search.from) parts["from"] = search.from;
  if (search.to) parts["to"] = search.to;
  if (search.order !== "earliest") parts["order"] = search.order;
  if (search.past) parts["past"] = "true";
  return parts;
}

export function searchPath(search: Search): string {
  const text = new URLSearchParams(partsOf(search)).toString();
  return `/shows/search${text && `?${text}`}`;
}

/** How many conditions there are besides the words. */
export function conditionsOf({ city, performer, from, to, past }: Search): number {
  return [city, performer.trim(), from || to, past].filter(Boolean).length;
}

/** Whether anything is looked for: an order alone says nothing of what. */
export const isLookedFor = (search: Search) =>
  search.words.trim() !== "" || conditionsOf(search) > 0;

/**
 * What the server is asked for. Whoever looks for nothing sees what is on sale; and what has been does not stand before
 * what is to come, unless it is looked for.
 */
export function wantedBy(search: Search, today: string): Record<string, string> {
  if (!isLookedFor(search)) return { list: "on-sale" };
  const parts = { ...partsOf({ ...search, past: false }), order: search.order };
  const namesPast = search.past || (search.to !== "" && search.to < today);
  return search.from || namesPast ? parts : { ...parts, from: today };
}

/** Days the wrong way round find nothing: that is said, and not asked. */
export const isBackwards = ({ from, to }: Search) => from !== "" && to !== "" && from > to;
