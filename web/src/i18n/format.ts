// Numbers, money and durations as each language says them. Pure: the language is an argument.
import type { Language } from "#/api/types";

const LOCALES: Record<Language, string> = { ko: "ko-KR", en: "en-US", ja: "ja-JP" };

// Made once: the map writes hundreds of numbers in a frame.
const NUMBERS = new Map<Language, Intl.NumberFormat>();

export function formatNumber(language: Language, value: number): string {
  const known = NUMBERS.get(language) ?? new Intl.NumberFormat(LOCALES[language]);
  NUMBERS.set(language, known);
  return known.format(value);
}

export function formatWon(language: Language, won: number): string {
  const digits = formatNumber(language, won);
  if (language === "ko") return `${digits}원`;
  return language === "ja" ? `${digits}ウォン` : `₩${digits}`;
}

export function formatShare(language: Language, share: number): string {
  return new Intl.NumberFormat(LOCALES[language], {
    style: "percent",
    maximumFractionDigits: share < 0.1 ? 1 : 0,
  }).format(share);
}

const UNITS: Record<Language, { second: string; minute: string }> = {
  ko: { second: "초", minute: "분" },
  en: { second: "s", minute: "min" },
  ja: { second: "秒", minute: "分" },
};

/** A span as one would say it: tenths below ten seconds, minutes above sixty. */
export function formatSpan(language: Language, ms: number): string {
  const { second, minute } = UNITS[language];
  const gap = language === "en" ? " " : "";
  const seconds = Math.abs(ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(seconds < 0.1 ? 2 : 1)}${gap}${second}`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}${gap}${second}`;
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  const head = `${formatNumber(language, minutes)}${gap}${minute}`;
  return rest === 0 || minutes >= 10 ? head : `${head} ${rest}${gap}${second}`;
}

/** Minutes and seconds as a running clock: 6:59. What is over stays at 0:00. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
