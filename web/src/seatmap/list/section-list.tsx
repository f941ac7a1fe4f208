// The sections beside the map, where there is room: a list with one place in the order of Tab.

import { useRef } from "preact/hooks";
import type { Language } from "#/api/types";
import { formatNumber } from "#/i18n/format";
import { m } from "#/paraglide/messages";
import { sectionName } from "../plan/names";
import type { Hall } from "../plan/plan";

type Props = {
  hall: Hall;
  language: Language;
  free: (section: number) => number;
  color: (section: number) => string;
  current: number;
  onFocus: (section: number | null) => void;
  onChoose: (section: number) => void;
  onMove: (section: number) => void;
};

export function SectionList(props: Props) {
  const { hall, language } = props;
  const list = useRef<HTMLUListElement>(null);
  const open = Array.from(hall.sections.keys()).filter(
    // The one in focus stays though it sells out: without it keys would lead nowhere.
    (index) => props.free(index) > 0 || index === props.current,
  );
  const current = open.includes(props.current) ? props.current : (open[0] ?? 0);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const next = open[open.indexOf(current) + step];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    props.onMove(next);
    list.current?.querySelector<HTMLElement>(`[data-section="${next}"]`)?.focus();
  };

  return (
    <ul ref={list} class="seatmap-sections" aria-label={m.map_sections({}, { locale: language })}>
      {open.map((index) => {
        const free = props.free(index);
        return (
          <li key={index}>
            <button
              type="button"
              data-section={index}
              tabIndex={index === current ? 0 : -1}
              onClick={() => props.onChoose(index)}
              onFocus={() => props.onFocus(index)}
              onBlur={() => props.onFocus(null)}
              onMouseEnter={() => props.onFocus(index)}
              onMouseLeave={() => props.onFocus(null)}
              onKeyDown={onKeyDown}
            >
              <i class="seatmap-dot" style={{ background: props.color(index) }} />
              <b>{sectionName(hall, index, language)}</b>
              <span>
                {m.map_seats({ count: formatNumber(language, free) }, { locale: language })}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
