// Numbers, money and durations as each language says them. Pure: the language is an argument.
//
// Nothing here returns an empty, a negative or a broken value, whatever it is given: a page shows what it is told.
// Only this file writes a unit of time beside a number, so that nobody reads of "141 seconds".
import type { Language } from "#/api/types";
import { m } from "#/paraglide/messages";

const LOCALES: Record<Language, string> = { ko: "ko-KR", en: "en-US", ja: "ja-JP" };

// Made once each: the map writes hundreds of numbers in a frame.
const FORMATS = new Map<string, Intl.NumberFormat>();

function formatOf(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${options.style} ${options.maximumFractionDigits}`;
  const known = FORMATS.get(key) ?? new Intl.NumberFormat(LOCALES[language], options);
  FORMATS.set(key, known);
  return known;
}

const COUNT: Intl.NumberFormatOptions = {};
const PERCENT: Intl.NumberFormatOptions = { style: "percent", maximumFractionDigits: 0 };
const PERCENT_TENTHS: Intl.NumberFormatOptions = { style: "percent", maximumFractionDigits: 1 };

/** Stands for a number that is none. */
const NOTHING = "–";

/** A count: never below zero. */
export function formatNumber(language: Language, value: number): string {
  if (!Number.isFinite(value)) return NOTHING;
  return formatOf(language, COUNT).format(value > 0 ? value : 0);
}

export function formatWon(language: Language, won: number): string {
  const digits = formatNumber(language, won);
  if (language === "ko") return `${digits}원`;
  return language === "ja" ? `${digits}ウォン` : `₩${digits}`;
}

/** The smallest share that is told beside none, and the largest beside all. */
const SHARE_MIN = 0.001;

/** A share from 0 to 1 in percent. Only none is 0 %, and only all is 100 %. */
export function formatShare(language: Language, share: number): string {
  if (Number.isNaN(share)) return NOTHING;
  const told =
    share <= 0 || share >= 1
      ? Math.min(1, Math.max(0, share))
      : Math.min(1 - SHARE_MIN, Math.max(SHARE_MIN, share));
  const isNearEnd = told < 0.1 || (told > 0.99 && told < 1);
  return formatOf(language, isNearEnd ? PERCENT_TENTHS : PERCENT).format(told);
}

type Unit = "day" | "hour" | "minute" | "second";

const UNITS: Record<Language, Record<Unit, string>> = {
  ko: { day: "일", hour: "시간", minute: "분", second: "초" },
  // Days are told from two on.
  en: { day: " days", hour: " h", minute: " min", second: " s" },
  ja: { day: "日", hour: "時間", minute: "分", second: "秒" },
};

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAYS_MAX = 99;

/** Whole seconds as one would say them: minutes and seconds from a minute on, then hours, then days. */
export function formatSeconds(language: Language, seconds: number): string {
  if (Number.isNaN(seconds)) return NOTHING;
  const units = UNITS[language];
  const say = (count: number, unit: Unit) => `${count}${units[unit]}`;
  const pair = (count: number, unit: Unit, rest: number, of: Unit) =>
    rest === 0 ? say(count, unit) : `${say(count, unit)} ${say(rest, of)}`;
  const whole = Math.round(Math.abs(seconds));
  if (whole < MINUTE) return say(whole, "second");
  if (whole < 10 * MINUTE) {
    return pair(Math.floor(whole / MINUTE), "minute", whole % MINUTE, "second");
  }
  const minutes = Math.round(whole / MINUTE);
  if (minutes < 60) return say(minutes, "minute");
  if (whole < 2 * DAY) return pair(Math.floor(minutes / 60), "hour", minutes % 60, "minute");
  const days = Math.round(whole / DAY);
  return days > DAYS_MAX ? `${DAYS_MAX}+${units.day}` : say(days, "day");
}

/** A span as one would say it: tenths below ten seconds, finer where it is shorter, else whole seconds. */
export function formatSpan(language: Language, ms: number): string {
  const seconds = Math.abs(ms) / 1000;
  if (!(seconds < 9.95)) return formatSeconds(language, seconds);
  if (seconds < 0.0005) return formatSeconds(language, 0);
  const digits = seconds < 0.0095 ? 3 : seconds < 0.095 ? 2 : 1;
  return `${seconds.toFixed(digits)}${UNITS[language].second}`;
}

/** A time that one trains, to the hundredth below ten seconds: there a tenth is a difference. Never below zero. */
export function formatScore(language: Language, ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  return seconds < 9.995
    ? `${seconds.toFixed(2)}${UNITS[language].second}`
    : formatSpan(language, seconds * 1000);
}

/** A line that answers later than this is slow, and a clock that may be wrong by more is not set. */
const DELAY_MS_MAX = 10_000;

/** Whether a measured delay can be one: what lies outside comes of a page that slept or a clock that jumped. */
export function isPlausibleDelay(ms: number): boolean {
  return ms >= 0 && ms <= DELAY_MS_MAX;
}

/** A delay in milliseconds; in words where no line could be that slow. */
export function formatDelay(language: Language, ms: number): string {
  if (!isPlausibleDelay(ms)) return m.value_slow({}, { locale: language });
  return ms < 999.5
    ? `${formatNumber(language, Math.max(1, Math.round(ms)))}${language === "en" ? " " : ""}ms`
    : formatSpan(language, ms);
}

/** Minutes and seconds as a running clock: 6:59, and 1:06:59. What is over stays at 0:00. */
export function formatClock(ms: number): string {
  const seconds = within(ms / 1000, DAYS_MAX * DAY, Math.ceil);
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / HOUR);
  const minutes = Math.floor(seconds / MINUTE) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}

/** A running count as large digits, with its tenth apart: 12 and 3, or 1:05 and 3. */
export function formatCount(ms: number): { whole: string; tenth: string } {
  const tenths = within(ms / 100, DAYS_MAX * DAY * 10, Math.floor);
  const seconds = Math.floor(tenths / 10);
  const whole = seconds < MINUTE ? String(seconds) : formatClock(seconds * 1000);
  return { whole, tenth: String(tenths % 10) };
}

/** A whole number from 0 to `most`; 0 for what is no number. */
function within(value: number, most: number, round: (value: number) => number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(0, round(value))) : 0;
}
