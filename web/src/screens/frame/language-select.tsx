// The choice of language.
import type { Language } from "#/api/types";
import { m } from "#/i18n/words";
import { language } from "#/store/settings";
import "./language-select.css";

/** Each language is called by its own name, which its speakers can read. */
const NAMES: Record<Language, { long: string; short: string }> = {
  ko: { long: "한국어", short: "한" },
  en: { long: "English", short: "EN" },
  ja: { long: "日本語", short: "日" },
};

export function LanguageSelect() {
  return (
    <label class="language">
      <span class="hidden">{m.language_choose()}</span>
      <span class="language-short" aria-hidden="true">
        {NAMES[language.value].short}
      </span>
      <select
        value={language.value}
        onChange={(event) => {
          language.value = event.currentTarget.value as Language;
        }}
      >
        {Object.entries(NAMES).map(([code, { long }]) => (
          <option key={code} value={code} lang={code}>
            {long}
          </option>
        ))}
      </select>
    </label>
  );
}
