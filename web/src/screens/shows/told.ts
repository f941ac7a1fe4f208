// What the server told of shows as a whole: kept while the page is open, so that the way back is at once.
import { signal } from "@preact/signals";
import type { ConcertCard } from "#/api/show-types";

/** Null before the server has told. */
export const banners = signal<readonly ConcertCard[] | null>(null);
export const cities = signal<readonly string[] | null>(null);
