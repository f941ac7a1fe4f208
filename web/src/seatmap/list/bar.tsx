// The bar above the map: what is shown, how old it is, and the ways to the list and back.

import type { ComponentChildren } from "preact";
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
  isLegendOpen: boolean;
  /** Opens and closes the legend, where a low map has folded it. */
  onLegend: (isOpen: boolean) => void;
  /** What the page adds: a button to reload. */
  tool: ComponentChildren;
};

/** A button with a long word and, for a small map, a short one: one of them is shown. */
function Words({ long, short }: { long: string; short: string }) {
  return (
    <>
      <span class="seatmap-long">{long}</span>
      <span class="seatmap-short">{short}</span>
    </>
  );
}

export function Bar({
  hall,
  language,
  section,
  ageMs,
  isListOpen,
  onList,
  onBack,
  ...rest
}: Props) {
  return (
    <div class="seatmap-bar">
      {onList && (
        <button
          type="button"
          class="seatmap-tool"
          aria-expanded={isListOpen}
          onClick={() => onList(!isListOpen)}
        >
          <Words
            long={(isListOpen ? m.map_list_close : m.map_list_open)({}, { locale: language })}
            short={m.map_list_short({}, { locale: language })}
          />
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
          <Words
            long={m.map_all_sections({}, { locale: language })}
            short={m.map_all_short({}, { locale: language })}
          />
        </button>
      )}
      <button
        type="button"
        class="seatmap-tool seatmap-unfold"
        aria-expanded={rest.isLegendOpen}
        onClick={() => rest.onLegend(!rest.isLegendOpen)}
      >
        {m.map_key_open({}, { locale: language })}
      </button>
      {rest.tool}
    </div>
  );
}
