// Moments on the venue's clock, with the reader's own beside them where the two differ.
import { dayIn, formatAt, formatDays, formatTime, isSameClock, ownZone } from "#/i18n/venue-time";
import { m } from "#/i18n/words";
import { isoOf } from "#/platform/days";
import { serverNow } from "#/store/clock";
import { language } from "#/store/settings";

type AtProps = {
  ms: number;
  zone: string;
  /** Where the clock hangs; said only where the reader's own shows another time. */
  city: string;
  /** The day is known from elsewhere. */
  timeOnly?: boolean;
};

export function At({ ms, zone, city, timeOnly }: AtProps) {
  const spoken = language.value;
  const time = timeOnly ? formatTime(ms, zone) : formatAt(spoken, ms, zone, serverNow());
  const own = ownZone();
  const isSame = isSameClock(ms, zone, own);
  return (
    <>
      <time dateTime={isoOf(ms)}>{isSame ? time : m.show_time_there({ time, city })}</time>
      {!isSame && (
        <span class="show-own-time soft">
          {m.show_time_own({ time: formatAt(spoken, ms, own, serverNow()) })}
        </span>
      )}
    </>
  );
}

/** The days of a concert, at the venue. */
export function daysOf({ first_day, last_day }: { first_day: string; last_day: string }): string {
  return formatDays(language.value, first_day, last_day, dayIn(serverNow(), ownZone()));
}
