// The sections as buttons over the drawing, for the keyboard and for screen readers. Tab reaches one of
// them; arrow keys move on.

import { useLayoutEffect, useRef } from "preact/hooks";
import type { Language } from "#/api/types";
import { m } from "#/paraglide/messages";
import { moveOf, moveSection } from "../hand/keyboard";
import { middleOf } from "../plan/geometry";
import { gradeName, sectionLabel } from "../plan/names";
import { type Hall, type SectionInfo, sectionBox } from "../plan/plan";

type Props = {
  hall: Hall;
  language: Language;
  free: (section: number) => number;
  grade: (section: number) => number;
  current: number;
  /** Takes the focus as soon as it is there: the keyboard came from the seats. */
  takeFocus: boolean;
  onMove: (section: number) => void;
  onFocus: (section: number | null) => void;
  onChoose: (section: number) => void;
  onBack: () => void;
};

export function FocusSections(props: Props) {
  const { hall, language, current } = props;
  const here = useRef<HTMLButtonElement>(null);
  const wanted = useRef(props.takeFocus);
  useLayoutEffect(() => {
    if (wanted.current) here.current?.focus({ preventScroll: true });
    wanted.current = false;
  }, [current]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") props.onBack();
    const move = moveOf(event.key, event.ctrlKey || event.metaKey);
    if (!move) return;
    event.preventDefault();
    wanted.current = true;
    // Over sections without a free seat, or with Shift to the very next one.
    const isWanted = (index: number) => event.shiftKey || props.free(index) > 0;
    props.onMove(moveSection(hall, current, move, isWanted));
  };

  return (
    <fieldset
      class="seatmap-bare"
      aria-label={`${m.map_sections({}, { locale: language })}. ${m.map_section_keys({}, { locale: language })}`}
    >
      {hall.sections.map((section, index) => {
        const free = props.free(index);
        return (
          <button
            key={`${section.floor}/${section.label}`}
            ref={index === current ? here : null}
            type="button"
            class="seatmap-place"
            tabIndex={index === current ? 0 : -1}
            aria-label={`${sectionLabel(hall, index, free, language)}, ${gradeName(hall, props.grade(index), language)}`}
            style={styleOf(section)}
            onFocus={() => props.onFocus(index)}
            onBlur={() => props.onFocus(null)}
            onClick={() => props.onChoose(index)}
            onKeyDown={onKeyDown}
          />
        );
      })}
    </fieldset>
  );
}

const styles = new WeakMap<SectionInfo, string>();

// A text that is made once: these buttons are looked through each time a count changes.
function styleOf(section: SectionInfo): string {
  let style = styles.get(section);
  if (style === undefined) {
    const { left, top, right, bottom } = sectionBox(section);
    const middle = middleOf({ left, top, right, bottom });
    style = `left:${middle.x}px;top:${middle.y}px;--w:${right - left}px;--h:${bottom - top}px`;
    styles.set(section, style);
  }
  return style;
}
