// Openings of days as the server told them last, so that the way back leads to the day that one had left.
import { signal } from "@preact/signals";
import type { Calendar } from "#/api/show-types";
import { getCalendar } from "#/api/shows";

/** Ranges of days that are kept; what was told longest ago is forgotten first. */
const KEPT_MAX = 12;

const kept = signal<ReadonlyMap<string, Calendar>>(new Map());

const keyOf = (from: string, to: string, isLiked: boolean) => `${from} ${to} ${isLiked}`;

/** Null before the server has told. */
export const knownCalendar = (from: string, to: string, isLiked: boolean) =>
  kept.value.get(keyOf(from, to, isLiked)) ?? null;

export async function askCalendar(from: string, to: string, isLiked: boolean): Promise<void> {
  const calendar = await getCalendar(from, to, isLiked);
  const key = keyOf(from, to, isLiked);
  const others = [...kept.peek()].filter(([one]) => one !== key);
  kept.value = new Map([...others, [key, calendar] as const].slice(-KEPT_MAX));
}
