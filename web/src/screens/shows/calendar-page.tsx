// The calendar of openings: a month as a grid, and the openings of one day as a list. Both stand in the address.
import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Why, whyOf } from "#/api/client";
import { LIKED_OPENINGS_PATH } from "#/api/shows";
import { dayIn, formatDate, formatMonth, HOME_ZONE } from "#/i18n/venue-time";
import { m } from "#/i18n/words";
import { onWake } from "#/platform/wake";
import { second, serverNow } from "#/store/clock";
import { follow, goTo, query } from "#/store/route";
import { language } from "#/store/settings";
import { askCalendar, knownCalendar } from "#/store/shows/calendars";
import { firstDay, isDay, isMonth, lastDay, monthAfter } from "#/store/shows/months";
import { Nothing } from "./cards";
import { DayList } from "./day-list";
import { MonthGrid } from "./month-grid";
import { PageHeading } from "./returning";
import { Trouble } from "./trouble";

type Shown = { day: string; month: string; isLiked: boolean };

/** What is shown, as the address says it; failing that today, as it is where most venues are. */
function readShown(text: string, today: string): Shown {
  const asked = new URLSearchParams(text);
  const [day, month] = [asked.get("day"), asked.get("month")];
  const isLiked = asked.get("liked") === "true";
  if (isDay(day)) return { day, month: day.slice(0, 7), isLiked };
  if (isMonth(month)) {
    return { day: today.startsWith(month) ? today : firstDay(month), month, isLiked };
  }
  return { day: today, month: today.slice(0, 7), isLiked };
}

function pathTo({ day, month, isLiked }: Partial<Shown>): string {
  const asked = new URLSearchParams();
  if (day) asked.set("day", day);
  else if (month) asked.set("month", month);
  if (isLiked) asked.set("liked", "true");
  const text = asked.toString();
  return `/calendar${text && `?${text}`}`;
}

const RENEW_MS = 60_000;

/** Openings of these days, asked for anew when they change, when the page wakes and each minute. */
function useOpenings(from: string, to: string, isLiked: boolean) {
  const trouble = useSignal<Why | null>(null);
  const tries = useSignal(0);
  const minute = useComputed(() => Math.floor(second.value / RENEW_MS)).value;
  useEffect(() => {
    let isHere = true;
    askCalendar(from, to, isLiked).then(
      () => {
        if (isHere) trouble.value = null;
      },
      (error) => {
        if (isHere) trouble.value = whyOf(error);
      },
    );
    const stop = onWake(() => {
      if (knownCalendar(from, to, isLiked) === null) tries.value++;
    });
    return () => {
      isHere = false;
      stop();
    };
  }, [from, to, isLiked, minute, tries.value]);
  const told = knownCalendar(from, to, isLiked);
  return { told, trouble: trouble.value, again: () => tries.value++ };
}

export function CalendarPage() {
  const today = useComputed(() => dayIn(second.value, HOME_ZONE)).value;
  const shown = readShown(query.value, today);
  const { day, month, isLiked } = shown;
  const inMonth = useOpenings(firstDay(month), lastDay(month), isLiked);
  const ofDay = useOpenings(day, day, isLiked);
  const trouble = ofDay.trouble ?? inMonth.trouble;
  return (
    <>
      <PageHeading>{m.nav_calendar()}</PageHeading>
      <div class="calendar">
        <section class="calendar-month" aria-label={formatMonth(language.value, month)}>
          <MonthBar shown={shown} today={today} />
          <MonthGrid
            month={month}
            day={day}
            today={today}
            openings={inMonth.told}
            pathTo={(to) => pathTo({ day: to, isLiked })}
          />
          <p class="soft small">{m.calendar_days()}</p>
          {inMonth.told?.is_cut && <p class="note">{m.calendar_cut()}</p>}
        </section>
        <section class="calendar-day">
          <h2>{formatDate(language.value, day, today)}</h2>
          {trouble && !ofDay.told ? (
            <Trouble trouble={trouble} onAgain={ofDay.again} />
          ) : (
            <DayList openings={ofDay.told} none={<NoOpenings isLiked={isLiked} day={day} />} />
          )}
          {isLiked && (
            <a class="button" href={LIKED_OPENINGS_PATH} download="tingting.ics">
              {m.calendar_ics_liked()}
            </a>
          )}
        </section>
      </div>
    </>
  );
}

function MonthBar({ shown, today }: { shown: Shown; today: string }) {
  const { month, day, isLiked } = shown;
  const pathAfter = (months: number) => pathTo({ month: monthAfter(month, months), isLiked });
  return (
    <div class="calendar-bar">
      <a class="icon-button" href={pathAfter(-1)} onClick={follow} aria-label={m.calendar_before()}>
        <span aria-hidden="true">‹</span>
      </a>
      <b>{formatMonth(language.value, month)}</b>
      <a class="icon-button" href={pathAfter(1)} onClick={follow} aria-label={m.calendar_next()}>
        <span aria-hidden="true">›</span>
      </a>
      {day !== today && (
        <a class="calendar-today" href={pathTo({ isLiked })} onClick={follow}>
          {m.calendar_today()}
        </a>
      )}
      <label class="calendar-liked">
        <input
          type="checkbox"
          checked={isLiked}
          onChange={({ currentTarget }) => goTo(pathTo({ day, isLiked: currentTarget.checked }))}
        />
        {m.calendar_liked()}
      </label>
    </div>
  );
}

function NoOpenings({ isLiked, day }: { isLiked: boolean; day: string }) {
  const isOver = day < dayIn(serverNow(), HOME_ZONE);
  return (
    <Nothing title={isLiked ? m.calendar_none_liked() : m.calendar_none()}>
      <p class="soft">{isLiked ? m.calendar_none_liked_text() : m.calendar_none_text()}</p>
      {(isLiked || !isOver) && (
        <a class="button" href="/shows" onClick={follow}>
          {m.show_find()}
        </a>
      )}
    </Nothing>
  );
}
