// The seat map: a canvas for the eyes, a grid of buttons over it for the keyboard and for the ears,
// and a list for whoever likes neither.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { freeOf, gradeShown, isChoosable } from "./cells";
import { type Controller, createController } from "./controller";
import { Controls, ViewAge } from "./controls";
import { FocusSeats } from "./focus-seats";
import { FocusSections } from "./focus-sections";
import { hallOf } from "./hall-of";
import { firstSeat } from "./keyboard";
import { Legend } from "./legend";
import { type Status, seatLabel, sectionLabel } from "./names";
import type { PlanGeometry } from "./plan-json";
import { StepList } from "./step-list";
import { usePalette } from "./use-palette";
import { type Locale, WORDS } from "./words";
import "./seatmap.css";
import "./step-list.css";

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
  const { locale, mode, mine } = props;
  const words = WORDS[locale];
  const hall = hallOf(props.plan);
  const root = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const places = useRef<HTMLDivElement>(null);
  const map = useRef<Controller | null>(null);
  const [, setNews] = useState(0);
  const [ready, setReady] = useState(false);
  const [listed, setListed] = useState(false);
  const [ownFilter, setOwnFilter] = useState<Set<number> | null>(null);
  const [focus, setFocus] = useState({ section: 0, seat: 0 });
  const [ringed, setRinged] = useState<number | null>(null);
  // Whether the keyboard is in the map: then the next step takes the focus over.
  const inside = useRef(false);
  const palette = usePalette(root, hall);
  const filter = props.gradeFilter ?? ownFilter;
  const section = mode === "seats" ? props.section : null;

  const latest = useRef(props);
  latest.current = props;

  useLayoutEffect(() => {
    const [target, drawing] = [field.current, canvas.current];
    if (!target || !drawing) return;
    const made = createController(target, drawing, hall, {
      onSection: (index) => latest.current.onSection(index),
      onSeat: (seat) => choose(seat, false),
      onNews: () => setNews((count) => count + 1),
      onRest: (view) => {
        if (!places.current) return;
        places.current.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.k})`;
      },
    });
    map.current = made;
    const watch = new ResizeObserver(() => {
      made.resize({ width: target.clientWidth, height: target.clientHeight }, devicePixelRatio);
    });
    made.resize({ width: target.clientWidth, height: target.clientHeight }, devicePixelRatio);
    watch.observe(target);
    setReady(true);
    return () => {
      watch.disconnect();
      made.close();
      map.current = null;
    };
  }, [hall]);

  useLayoutEffect(() => {
    map.current?.states(props.states);
  }, [hall, props.states, props.version]);

  useLayoutEffect(() => {
    if (!palette) return;
    map.current?.show({
      section,
      mine,
      grades: filter,
      focusSeat: section === null ? null : ringed,
      focusSection: section === null ? ringed : null,
      palette,
      locale,
      reducedMotion: props.reducedMotion,
    });
  }, [palette, section, mine, filter, ringed, locale, props.reducedMotion, hall]);

  useLayoutEffect(() => {
    setRinged(null);
    map.current?.enter(section, null);
    if (section === null) return;
    const cells = map.current?.cells;
    const wanted = (seat: number): boolean => !!cells && isChoosable(hall, cells, seat, filter);
    setFocus({ section, seat: firstSeat(hall, section, null, wanted) });
  }, [hall, section]);

  useEffect(() => {
    const cells = map.current?.cells;
    if (section === null || !cells) return;
    props.announce(
      sectionLabel(hall, section, freeOf(hall, cells, section, filter), locale),
      "polite",
    );
  }, [hall, section]);

  const status = (seat: number): Status => {
    if (latest.current.mine.includes(seat)) return "mine";
    const state = map.current?.cells.state[seat] ?? 0;
    if (state === 0) return "free";
    return state === 1 ? "held" : "sold";
  };

  const choose = (seat: number, spoken: boolean): void => {
    const is = status(seat);
    // A pressed button says itself what became of it; a tap on the drawing does not.
    if (is === "held" || is === "sold" || !spoken) {
      latest.current.announce(
        seatLabel(hall, seat, is === "free" ? "mine" : is, latest.current.locale),
        "polite",
      );
    }
    setFocus((before) => ({ ...before, seat }));
    if (is === "free" || is === "mine") latest.current.onSeat(seat);
  };

  const cells = map.current?.cells;
  const colors = palette?.grades ?? [];
  const takeFocus = inside.current;

  return (
    <div ref={root} class="seatmap" data-mode={mode} data-listed={listed || undefined}>
      <div class="seatmap-bar">
        <button
          type="button"
          class="seatmap-tool seatmap-list-button"
          aria-expanded={listed}
          onClick={() => setListed(!listed)}
        >
          {listed ? words.backToMap : words.chooseFromList}
        </button>
        <ViewAge ageMs={props.viewAgeMs} locale={locale} />
        {mode === "seats" && (
          <button type="button" class="seatmap-tool" onClick={props.onBack}>
            {words.allSections}
          </button>
        )}
      </div>
      {cells && listed && (
        <StepList
          hall={hall}
          cells={cells}
          locale={locale}
          section={section}
          grades={filter}
          mine={mine}
          colors={colors}
          onSection={props.onSection}
          onSeat={(seat) => choose(seat, true)}
        />
      )}
      <Legend
        hall={hall}
        locale={locale}
        free={cells?.freeInGrade ?? []}
        colors={colors}
        filter={filter}
        onFilter={props.onGradeFilter ?? setOwnFilter}
      />
      <div class="seatmap-frame">
        <div ref={field} class="seatmap-field">
          <canvas ref={canvas} class="seatmap-canvas" aria-hidden="true" />
        </div>
        <div
          ref={places}
          class="seatmap-places"
          onFocusCapture={() => {
            inside.current = true;
          }}
        >
          {ready && cells && section === null && (
            <FocusSections
              hall={hall}
              locale={locale}
              free={(index) => freeOf(hall, cells, index, filter)}
              grade={(index) => gradeShown(hall, cells, index)}
              current={focus.section}
              takeFocus={takeFocus}
              onMove={(index) => {
                setFocus({ ...focus, section: index });
                map.current?.followSection(index);
              }}
              onFocus={setRinged}
              onChoose={props.onSection}
              onBack={props.onBack}
            />
          )}
          {ready && cells && section !== null && hall.section[focus.seat] === section && (
            <FocusSeats
              key={section}
              hall={hall}
              locale={locale}
              section={section}
              free={freeOf(hall, cells, section, filter)}
              current={focus.seat}
              takeFocus={takeFocus}
              status={status}
              choosable={(seat) => isChoosable(hall, cells, seat, filter)}
              onMove={(seat) => {
                setFocus({ ...focus, seat });
                map.current?.follow(seat);
              }}
              onFocus={setRinged}
              onChoose={(seat) => choose(seat, true)}
              onBack={props.onBack}
            />
          )}
        </div>
        <Controls
          locale={locale}
          onIn={() => map.current?.zoom(1)}
          onOut={() => map.current?.zoom(-1)}
          onWhole={() => map.current?.whole()}
        />
      </div>
    </div>
  );
}
