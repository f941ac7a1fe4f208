// The seat map: a canvas for the eyes, a grid of buttons over it for the keyboard and for the ears,
// and a list for whoever likes neither.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { usePalette } from "./draw/use-palette";
import { firstSeat, frontOf } from "./hand/keyboard";
import { Controls, ViewAge } from "./list/controls";
import { Legend } from "./list/legend";
import { Places } from "./list/places";
import { SectionList } from "./list/section-list";
import { StepList } from "./list/step-list";
import { freeOf, gradeShown, isChoosable } from "./plan/cells";
import { hallOf } from "./plan/hall-of";
import { type Status, seatLabel, sectionLabel, sectionName } from "./plan/names";
import type { PlanGeometry } from "./plan/plan-json";
import { type Locale, WORDS } from "./plan/words";
import { useController, useElements, useShown } from "./use-controller";
import "./seatmap.css";
import "./bar.css";
import "./list/step-list.css";

export type SeatMapProps = {
  plan: PlanGeometry;
  // One byte a seat (0 free, 1 held, 2 sold), or packed as the feed packs them.
  states: Uint8Array;
  // Another number whenever `states` changed in place.
  version: number;
  mine: number[];
  section: number | null;
  gradeFilter: Set<number> | null;
  // Without it the map keeps the filter by itself.
  onGradeFilter?: (filter: Set<number> | null) => void;
  locale: Locale;
  mode: "overview" | "seats";
  viewAgeMs: number | null;
  onSection: (section: number) => void;
  onSeat: (seat: number) => void;
  onBack: () => void;
  reducedMotion: boolean;
  announce: (text: string, urgency: "polite" | "assertive") => void;
};

export function SeatMap(props: SeatMapProps) {
  const { locale, mode, states } = props;
  const words = WORDS[locale];
  const hall = hallOf(props.plan);
  const elements = useElements();
  const palette = usePalette(elements.root, hall);
  const [opened, setOpened] = useState(false);
  const [ownFilter, setOwnFilter] = useState<Set<number> | null>(null);
  const [focus, setFocus] = useState({ section: 0, seat: 0 });
  const [ringed, setRinged] = useState<number | null>(null);
  // Whether the keyboard is in the map: then the next step takes the focus over.
  const inside = useRef(false);
  // A page may well make a new list each time; only other seats or grades are another value.
  const mine = useMemo(() => props.mine, [props.mine.join()]);
  const asked = props.gradeFilter ?? ownFilter;
  const filter = useMemo(() => asked, [asked && Array.from(asked).sort().join()]);
  const section = mode === "seats" ? props.section : null;

  const status = (seat: number): Status => {
    if (mine.includes(seat)) return "mine";
    const state = map?.cells.state[seat] ?? 0;
    if (state === 0) return "free";
    return state === 1 ? "held" : "sold";
  };

  // A pressed button says itself what became of it; a tap on the drawing does not.
  const choose = (seat: number, isSpoken: boolean): void => {
    const is = status(seat);
    const open = is === "free" || is === "mine";
    if (!open || !isSpoken) {
      const after = is === "free" ? "mine" : is === "mine" ? "free" : is;
      props.announce(seatLabel(hall, seat, after, locale), "polite");
    }
    setFocus((before) => ({ ...before, seat }));
    if (open) props.onSeat(seat);
  };

  const { map, wide, news } = useController(
    hall,
    elements,
    { onSection: props.onSection, onSeat: (seat) => choose(seat, false) },
    states,
    props.version,
  );
  const cells = map?.cells;
  const free = (index: number): number => (cells ? freeOf(hall, cells, index, filter) : 0);

  useShown(
    map,
    palette && {
      section,
      mine,
      grades: filter,
      focusSeat: section === null ? null : ringed,
      focusSection: section === null ? ringed : null,
      palette,
      locale,
      reducedMotion: props.reducedMotion,
    },
  );

  useLayoutEffect(() => {
    if (!map) return;
    setRinged(null);
    map.enter(section, null);
    if (section === null) return;
    const wanted = (seat: number): boolean => isChoosable(hall, map.cells, seat, filter);
    setFocus({ section, seat: firstSeat(hall, section, frontOf(hall, section), wanted) });
  }, [map, section]);

  useEffect(() => {
    if (!map || section === null) return;
    props.announce(sectionLabel(hall, section, free(section), locale), "polite");
  }, [map, section]);

  // The parts below are put together again when what they show has changed, not on every render:
  // seats may change sixty times a second. What they call is therefore looked up when it is called.
  const act = useRef({ choose, props });
  act.current = { choose, props };
  const colors = palette?.grades ?? [];
  const shows = [map, news, palette, section, mine, filter, locale];
  const onSection = (index: number): void => act.current.props.onSection(index);
  const onSeat = (seat: number): void => act.current.choose(seat, true);

  const stepList = useMemo(
    () =>
      cells &&
      (wide || opened) && (
        <StepList
          {...{ hall, cells, locale, section, mine, colors, onSection, onSeat }}
          grades={filter}
        />
      ),
    [...shows, wide, opened],
  );

  const legend = useMemo(
    () => (
      <Legend
        {...{ hall, locale, colors, filter }}
        free={cells?.freeInGrade ?? []}
        onFilter={(next) => (act.current.props.onGradeFilter ?? setOwnFilter)(next)}
      />
    ),
    shows,
  );

  const sectionList = useMemo(
    () =>
      cells &&
      wide &&
      section === null && (
        <SectionList
          {...{ hall, locale, free }}
          color={(index) => colors[gradeShown(hall, cells, index)] ?? "gray"}
          current={focus.section}
          onFocus={setRinged}
          onChoose={onSection}
          onMove={(index) => setFocus((before) => ({ ...before, section: index }))}
        />
      ),
    [...shows, wide, focus],
  );

  const places = useMemo(
    () =>
      map && (
        <Places
          {...{ hall, map, locale, section, filter, focus, inside, status, onSection, onSeat }}
          onMove={setFocus}
          onRing={setRinged}
          onBack={() => act.current.props.onBack()}
        />
      ),
    [...shows, focus],
  );

  return (
    <div
      ref={elements.root}
      class="seatmap"
      data-mode={mode}
      data-wide={wide || undefined}
      onFocusCapture={(event) => {
        const to = event.target;
        inside.current = to instanceof Node && (elements.places.current?.contains(to) ?? false);
      }}
    >
      <div class="seatmap-bar">
        {!wide && (
          <button
            type="button"
            class="seatmap-tool"
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            {opened ? words.closeList : words.chooseFromList}
          </button>
        )}
        <p class="seatmap-title">
          <b>{section === null ? words.tapSection : sectionName(hall, section, locale)}</b>
          <ViewAge ageMs={props.viewAgeMs} locale={locale} />
        </p>
        {mode === "seats" && (
          <button type="button" class="seatmap-tool" onClick={props.onBack}>
            {words.allSections}
          </button>
        )}
      </div>
      {stepList}
      {legend}
      {sectionList}
      <div class="seatmap-frame">
        <div ref={elements.field} class="seatmap-field" aria-hidden="true" />
        <div ref={elements.places} class="seatmap-places">
          {places}
        </div>
        <Controls
          locale={locale}
          onIn={() => map?.zoom(1)}
          onOut={() => map?.zoom(-1)}
          onWhole={() => map?.whole()}
        />
      </div>
    </div>
  );
}
