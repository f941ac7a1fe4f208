// A month as a grid of days, with how many openings each has.
import type { Calendar } from "#/api/show-types";
import { dayIn, formatDate, weekdays } from "#/i18n/venue-time";
import { m, number } from "#/i18n/words";
import { follow } from "#/store/route";
import { language } from "#/store/settings";
import { isLiked } from "#/store/shows/likes";
import { weeksOf } from "#/store/shows/months";

type MonthGridProps = {
  month: string;
  /** The day whose openings are listed. */
  day: string;
  today: string;
  /** Null before they are there. */
  openings: Calendar | null;
  pathTo: (day: string) => string;
};

type Told = { count: number; hasLiked: boolean };

/** By the day at each venue. */
function countByDay(openings: Calendar | null): Map<string, Told> {
  const days = new Map<string, Told>();
  for (const { concert, opens_at_ms } of openings?.entries ?? []) {
    const day = dayIn(opens_at_ms, concert.zone);
    const { count, hasLiked } = days.get(day) ?? { count: 0, hasLiked: false };
    days.set(day, { count: count + 1, hasLiked: hasLiked || isLiked(concert) });
  }
  return days;
}

export function MonthGrid({ month, day, today, openings, pathTo }: MonthGridProps) {
  const counts = countByDay(openings);
  return (
    <table class="month">
      <thead>
        <tr>
          {weekdays(language.value).map(({ short, long }) => (
            <th key={long} scope="col">
              <span aria-hidden="true">{short}</span>
              <span class="hidden">{long}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week.find(Boolean)}>
            {week.map((one, at) =>
              one ? (
                <td key={one}>
                  <Day
                    day={one}
                    told={counts.get(one) ?? null}
                    isPicked={one === day}
                    isToday={one === today}
                    path={pathTo(one)}
                  />
                </td>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: days of other months are only their places
                <td key={at} aria-hidden="true" />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type DayProps = {
  day: string;
  told: Told | null;
  isPicked: boolean;
  isToday: boolean;
  path: string;
};

function Day({ day, told, isPicked, isToday, path }: DayProps) {
  const name = formatDate(language.value, day, day);
  const count = told?.count ?? 0;
  return (
    <a
      class="month-day"
      href={path}
      aria-current={isPicked ? "true" : undefined}
      data-today={isToday || undefined}
      data-liked={told?.hasLiked || undefined}
      onClick={follow}
    >
      <span aria-hidden="true">{Number(day.slice(8))}</span>
      <small aria-hidden="true">{count > 0 && number(count)}</small>
      <span class="hidden">
        {count > 0 ? m.calendar_day({ day: name, count: number(count) }) : name}
      </span>
    </a>
  );
}
