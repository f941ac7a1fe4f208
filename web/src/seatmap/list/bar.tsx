// The bar above the map: what is shown, how old it is, and the ways to the list and back.

import type { Language } from "#/api/types";
import { m } from "#/paraglide/messages";
import { sectionName } from "../plan/names";
import type { Hall } from "../plan/plan";
import { ViewAge } from "./view-age";

type Props = {
  hall: Hall;
  language: Language;
  section: number | null;
  ageMs: number | null;
  isListOpen: boolean;
  /** Opens and closes the list; null where the list is always there. */
  onList: ((isOpen: boolean) => void) | null;
  /** Null while sections are shown. */
  onBack: (() => void) | null;
};

export function Bar({ hall, language, section, ageMs, isListOpen, onList, onBack }: Props) {
  return (
    <div class="seatmap-bar">
      {onList && (
        <button
          type="button"
          class="seatmap-tool"
          aria-expanded={isListOpen}
          onClick={() => onList(!isListOpen)}
        >
          {isListOpen
            ? m.map_list_close({}, { locale: language })
            : m.map_list_open({}, { locale: language })}
        </button>
      )}
      <p class="seatmap-title">
        <b>
          {section === null
            ? m.map_tap_section({}, { locale: language })
            : sectionName(hall, section, language)}
        </b>
        <ViewAge ageMs={ageMs} language={language} />
      </p>
      {onBack && (
        <button type="button" class="seatmap-tool" onClick={onBack}>
          {m.map_all_sections({}, { locale: language })}
        </button>
      )}
    </div>
  );
}
