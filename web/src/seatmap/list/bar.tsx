// The bar above the map: what is shown, how old it is, and the ways to the list and back.
import { sectionName } from "../plan/names";
import type { Hall } from "../plan/plan";
import { type Locale, WORDS } from "../plan/words";
import { ViewAge } from "./view-age";

type Props = {
  hall: Hall;
  locale: Locale;
  section: number | null;
  ageMs: number | null;
  isListOpen: boolean;
  /** Opens and closes the list; null where the list is always there. */
  onList: ((isOpen: boolean) => void) | null;
  /** Null while sections are shown. */
  onBack: (() => void) | null;
};

export function Bar({ hall, locale, section, ageMs, isListOpen, onList, onBack }: Props) {
  const words = WORDS[locale];
  return (
    <div class="seatmap-bar">
      {onList && (
        <button
          type="button"
          class="seatmap-tool"
          aria-expanded={isListOpen}
          onClick={() => onList(!isListOpen)}
        >
          {isListOpen ? words.closeList : words.chooseFromList}
        </button>
      )}
      <p class="seatmap-title">
        <b>{section === null ? words.tapSection : sectionName(hall, section, locale)}</b>
        <ViewAge ageMs={ageMs} locale={locale} />
      </p>
      {onBack && (
        <button type="button" class="seatmap-tool" onClick={onBack}>
          {words.allSections}
        </button>
      )}
    </div>
  );
}
