// The openings of one day: those to come in the order in which they open, then those that are open.
import type { ComponentChildren } from "preact";
import type { Calendar, CalendarEntry } from "#/api/show-types";
import { formatClock } from "#/i18n/format";
import { m, number } from "#/i18n/words";
import { concertPath } from "#/store/address";
import { second, serverNow } from "#/store/clock";
import { Poster } from "./cards";
import { LikeButton } from "./like-button";
import { COUNTED_MS } from "./opening-sign";
import { AwayLink } from "./returning";
import { useSteady } from "./steady";
import { At } from "./times";

type DayListProps = { openings: Calendar | null; none: ComponentChildren };

export function DayList({ openings, none }: DayListProps) {
  const shown = useSteady<HTMLOListElement>();
  if (!openings) {
    return (
      <div class="day-list day-list-empty" role="status">
        <span class="hidden">{m.loading()}</span>
      </div>
    );
  }
  if (openings.entries.length === 0) return <>{none}</>;
  return (
    <>
      <ol ref={shown} class="day-list">
        {nextFirst(openings.entries, serverNow()).map((entry) => (
          <Entry key={`${entry.concert.id}.${entry.opens_at_ms}`} entry={entry} />
        ))}
      </ol>
      {openings.is_cut && <p class="note">{m.calendar_cut()}</p>}
    </>
  );
}

/** What has opened already comes behind what is still to open. */
function nextFirst(entries: readonly CalendarEntry[], nowMs: number): CalendarEntry[] {
  const isAhead = ({ opens_at_ms }: CalendarEntry) => opens_at_ms > nowMs;
  return [...entries.filter(isAhead), ...entries.filter((entry) => !isAhead(entry))];
}

function Entry({ entry }: { entry: CalendarEntry }) {
  const { concert, opens_at_ms, performance_count } = entry;
  return (
    <li class="day-entry">
      <AwayLink class="day-entry-link" href={concertPath(concert.id)}>
        <Poster card={concert} />
        <span class="day-entry-words">
          <span class="day-entry-time">
            <At ms={opens_at_ms} zone={concert.zone} city={concert.city} timeOnly />
            <Left opensMs={opens_at_ms} />
          </span>
          <b class="show-card-title">{concert.title}</b>
          <span class="show-card-fact">
            {concert.venue}
            {performance_count > 1 &&
              ` · ${m.calendar_performances({ count: number(performance_count) })}`}
          </span>
        </span>
      </AwayLink>
      <LikeButton card={concert} />
    </li>
  );
}

function Left({ opensMs }: { opensMs: number }) {
  const leftMs = opensMs - second.value;
  if (leftMs <= 0) return <span class="show-sign">{m.calendar_opened()}</span>;
  if (leftMs > COUNTED_MS) return null;
  return (
    <span class="show-sign" data-soon={leftMs <= 600_000 || undefined}>
      <b role="timer">{formatClock(leftMs)}</b>
    </span>
  );
}
