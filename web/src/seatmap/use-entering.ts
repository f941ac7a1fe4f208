// Goes with the page into a section and out of it: the camera, the focus, and a word for who listens.
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { type About, freeIn } from "./parts";
import { isChoosable } from "./plan/cells";
import { sectionLabel } from "./plan/names";
import type { SeatMapProps } from "./props";

/** Where one began in a section, and how many news there had been by then. */
type Beginning = { section: number; seat: number; news: number };

/** Follows the section that the page names. `news` is another number whenever counts have changed. */
export function useEntering(about: About, news: number, announce: SeatMapProps["announce"]): void {
  const { hall, map, state, language } = about;
  const { section, filter, setFocus } = state;
  const begun = useRef<Beginning | null>(null);
  useLayoutEffect(() => {
    if (!map) return;
    state.setRinged(null);
    begun.current = null;
    if (section === null) {
      map.leave();
      return;
    }
    const seat = map.enter(section, filter);
    if (seat !== null) begun.current = { section, seat, news };
    setFocus((before) => ({ section, seat: seat ?? before.seat }));
  }, [map, section]);

  // Where a map is reloaded as one goes in, the seats to begin with are known only after that.
  useLayoutEffect(() => {
    const first = begun.current;
    if (!map || !first || first.news === news) return;
    begun.current = null;
    const isMoved = state.isInside.current || state.focus.seat !== first.seat;
    if (isMoved || isChoosable(hall, map.cells, first.seat, filter)) return;
    setFocus({ section: first.section, seat: map.enterAgain(first.section, filter) });
  }, [map, news]);

  useEffect(() => {
    if (!map || section === null) return;
    announce(sectionLabel(hall, section, freeIn(about, section), language), "polite");
  }, [map, section]);
}
