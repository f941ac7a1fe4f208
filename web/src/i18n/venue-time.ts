// Days and times as people at a venue read them, and the reader's own beside them. Pure: language and zone are arguments.
import type { Language } from "#/api/types";
import { msOfDay } from "#/platform/days";

const LOCALES: Record<Language, string> = { ko: "ko-KR", en: "en-GB", ja: "ja-JP" };

/** Where most shows are. Also stands for a zone that this browser does not know. */
export const HOME_ZONE = "Asia/Seoul";

// Making one takes longer than using it, and a list uses the same for all of its cards.
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatOf(
  locale: string,
  zone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`;
  const known = FORMATS.get(key);
  if (known) return known;
  const made = make(locale, zone, options);
  FORMATS.set(key, made);
  return made;
}

function make(locale: string, zone: string, options: Intl.DateTimeFormatOptions) {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: HOME_ZONE });
  }
}

/** The reader's own zone. */
export const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The day that people in a zone have at a moment: "2026-12-03". */
export function dayIn(ms: number, zone: string): string {
  return formatOf("sv-SE", zone, { year: "numeric", month: "2-digit", day: "2-digit" }).format(ms);
}

/** Whether clocks in two zones show the same day and time at a moment. */
export function isSameClock(ms: number, one: string, other: string): boolean {
  const shown = (zone: string) =>
    formatOf("sv-SE", zone, { dateStyle: "short", timeStyle: "short" }).format(ms);
  return shown(one) === shown(other);
}

/** A space at which no line ends. */
const SPACE = "\u00a0";

const NOON_MS = 12 * 3_600_000;
const noonOf = (day: string) => msOfDay(day) + NOON_MS;

/** A day: "12월 3일 (목)", with its year where that is not the one of `today`. */
export function formatDate(language: Language, day: string, today: string): string {
  const isOtherYear = day.slice(0, 4) !== today.slice(0, 4);
  // A line may end between two days, not inside of one.
  const say = (options: Intl.DateTimeFormatOptions) =>
    formatOf(LOCALES[language], "UTC", options).format(noonOf(day)).replaceAll(" ", SPACE);
  const date: Intl.DateTimeFormatOptions = {
    ...(isOtherYear ? { year: "numeric" } : {}),
    month: language === "en" ? "short" : "long",
    day: "numeric",
  };
  // Browsers disagree on where Korean and Japanese have the day of the week.
  switch (language) {
    case "ko":
      return `${say(date)}${SPACE}(${say({ weekday: "short" })})`;
    case "ja":
      return `${say(date)}(${say({ weekday: "short" })})`;
    case "en":
      return `${say({ weekday: "short" })}${SPACE}${say(date)}`;
  }
}

/** The first to the last day; one day if they are the same. */
export function formatDays(language: Language, first: string, last: string, today: string): string {
  const from = formatDate(language, first, today);
  return first === last ? from : `${from} – ${formatDate(language, last, today)}`;
}

/** A time of day on a zone's clock: "20:00", as announcements of openings have it. */
export function formatTime(ms: number, zone: string): string {
  return formatOf("en-GB", zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    ms,
  );
}

/** Day and time on a zone's clock: "12월 3일 (목) 20:00". */
export function formatAt(language: Language, ms: number, zone: string, nowMs: number): string {
  const date = formatDate(language, dayIn(ms, zone), dayIn(nowMs, zone));
  return `${date} ${formatTime(ms, zone)}`;
}

/** A month: "2026년 12월". */
export function formatMonth(language: Language, month: string): string {
  return formatOf(LOCALES[language], "UTC", { year: "numeric", month: "long" }).format(
    noonOf(`${month}-01`),
  );
}

/** The names of the days of a week, from Sunday on: short for the eyes, long for the ears. */
export function weekdays(language: Language): { short: string; long: string }[] {
  // The first of November 2026 is a Sunday.
  return [1, 2, 3, 4, 5, 6, 7].map((day) => {
    const ms = noonOf(`2026-11-0${day}`);
    const name = (weekday: "narrow" | "short" | "long") =>
      formatOf(LOCALES[language], "UTC", { weekday }).format(ms);
    return { short: name(language === "en" ? "short" : "narrow"), long: name("long") };
  });
}
