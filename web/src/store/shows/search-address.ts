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
};

export const EMPTY_SEARCH: Search = {
  words: "",
  city: "",
  performer: "",
  from: "",
  to: "",
  order: "earliest",
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
  return found;
}

/** The parts of a search that matter, by the names that address and server have for them. */
export function partsOf(search: Search): Record<string, string> {
  const parts: Record<string, string> = {};
  for (const name of TEXTS) {
    const text = search[name].trim();
    if (text) parts[name] = text;
  }
  if (search.from) parts["from"] = search.from;
  if (search.to) parts["to"] = search.to;
  if (search.order !== "earliest") parts["order"] = search.order;
  return parts;
}

export function searchPath(search: Search): string {
  const text = new URLSearchParams(partsOf(search)).toString();
  return `/shows/search${text && `?${text}`}`;
}

/** How many conditions there are besides the words. */
export function conditionsOf({ city, performer, from, to }: Search): number {
  return [city, performer.trim(), from || to].filter(Boolean).length;
}

/** Days the wrong way round find nothing: that is said, and not asked. */
export const isBackwards = ({ from, to }: Search) => from !== "" && to !== "" && from > to;
