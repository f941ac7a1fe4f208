// A day in the visitor's language, on their own clock.
import type { Language } from "#/api/types";

const LOCALES: Record<Language, string> = { ko: "ko-KR", en: "en-GB", ja: "ja-JP" };

/** Such as "6월 1일", without a year: races are not kept for as long. */
export function formatDay(language: Language, ms: number): string {
  return new Intl.DateTimeFormat(LOCALES[language], { month: "short", day: "numeric" }).format(ms);
}
