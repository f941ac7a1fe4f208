// Months as the calendar lays them out. Pure: days and months are texts, "2026-12-03" and "2026-12".

import { dayOfMs, msOfDay, weekdayOf } from "#/platform/days";

const DAY_MS = 86_400_000;

export const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(msOfDay(text));
export const isMonth = (text: string | null): text is string =>
  text !== null && isDay(`${text}-01`);

/** The month that is so many months later; earlier for a negative number. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, at = 1] = month.split("-").map(Number);
  const count = year * 12 + at - 1 + months;
  const two = (value: number) => String(value).padStart(2, "0");
  return `${String(Math.floor(count / 12)).padStart(4, "0")}-${two((count % 12) + 1)}`;
}

export const firstDay = (month: string) => `${month}-01`;
export const lastDay = (month: string) => dayOfMs(msOfDay(firstDay(monthAfter(month, 1))) - DAY_MS);

/** The weeks of a month from Sunday to Saturday. Days of other months are null. */
export function weeksOf(month: string): (string | null)[][] {
  const first = firstDay(month);
  const count = Number(lastDay(month).slice(8));
  const before = weekdayOf(first);
  const weeks: (string | null)[][] = [];
  for (let cell = 0; cell < before + count; cell += 7) {
    weeks.push(
      Array.from({ length: 7 }, (_, at) => {
        const day = cell + at - before;
        return day < 0 || day >= count ? null : dayOfMs(msOfDay(first) + day * DAY_MS);
      }),
    );
  }
  return weeks;
}
