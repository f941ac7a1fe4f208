// What came and went of one's points, by the days on which it did.
import { signal } from "@preact/signals";
import { getPoints } from "#/api/account";
import type { PointsEntry } from "#/api/account-types";
import { dayIn } from "#/i18n/venue-time";
import { Paged } from "../shows/paged";

/** Two entries of one moment have different balances: none of them is about nothing. */
export const keyOfEntry = ({ at_ms, balance_won, cause }: PointsEntry) =>
  `${at_ms}.${balance_won}.${cause}`;

/** Entries of one page: what is below the list is not far away. */
const PAGE_ROWS = 10;

/** Null before the server has told. */
export const balanceWon = signal<number | null>(null);

export const myPoints = new Paged<PointsEntry>(
  async (after, count) => {
    const { entries, next, balance_won } = await getPoints(after, count);
    balanceWon.value = balance_won;
    return { rows: entries, next };
  },
  keyOfEntry,
  PAGE_ROWS,
);

export type PointsDay = { day: string; entries: PointsEntry[] };

/** The entries of each day in a zone, in the order in which they come. */
export function byDay(entries: readonly PointsEntry[], zone: string): PointsDay[] {
  const days: PointsDay[] = [];
  for (const entry of entries) {
    const day = dayIn(entry.at_ms, zone);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}
