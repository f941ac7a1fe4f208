// Moments as a day and a time, in the visitor's language and on their own clock.
import type { Language } from "#/api/types";

const LOCALES: Record<Language, string> = { ko: "ko-KR", en: "en-GB", ja: "ja-JP" };

/** Such as "6월 1일 오후 8:30", without a year: for moments within a day or two. */
export function formatMoment(language: Language, ms: number): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], {
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  });
  return format.format(ms);
}
