// The seat map: a canvas for the eyes, a grid of buttons over it for the keyboard and for the ears,
// and a list for those who would rather read.
import { useMemo, useRef } from "preact/hooks";
import type { Controller } from "./controller";
import { usePalette } from "./draw/use-palette";
import { Bar } from "./list/bar";
import { Controls } from "./list/controls";
import { type MapState, useMapState } from "./map-state";
import { type About, legendOf, placesOf, sectionListOf, stepListOf } from "./parts";
import { hallOf } from "./plan/hall-of";
import { type Status, seatLabel } from "./plan/names";
import type { SeatMapProps } from "./props";
import { StateKey } from "./state-key";
import { useController, useElements, useShown } from "./use-controller";
import { useEntering } from "./use-entering";
import "./seatmap.css";
import "./list/bar.css";
import "./list/step-list.css";

export function SeatMap(props: SeatMapProps) {
  const { language, mode, reducedMotion } = props;
  const hall = hallOf(props.plan);
  const elements = useElements();
  const palette = usePalette(elements.root, hall);
  const state = useMapState(props);
  const choose = useRef<Choose>(() => undefined);
  const { map, wide, news } = useController(
    hall,
    elements,
    { onSection: props.onSection, onSeat: (seat) => choose.current(seat, "tap") },
    props.states,
    props.version,
  );
  const about = useAbout(props, state, map, palette?.grades ?? [], choose);
  const { section, mine, filter, focus, isListOpen } = state;
  useShown(map, palette && { ...seenOf(state), palette, language, reducedMotion });
  useEntering(about, news, props.announce);

  // Seats may change sixty times a second: the parts are not put together again on every render.
  const shows = [map, news, palette, section, mine, filter, language];
  const isListed = wide || isListOpen;
  const steps = useMemo(() => isListed && stepListOf(about), [...shows, isListed]);
  const legend = useMemo(() => legendOf(about), shows);
  const sections = useMemo(() => wide && sectionListOf(about), [...shows, wide, focus]);
  const places = useMemo(() => placesOf(about), [...shows, focus]);
  return (
    <div
      ref={elements.root}
      class="seatmap"
      data-mode={mode}
      data-wide={wide || undefined}
      onFocusCapture={({ target }) => {
        state.isInside.current = isWithin(elements.places.current, target);
      }}
    >
      <Bar
        {...{ hall, language, section, isListOpen }}
        isLegendOpen={state.isLegendOpen}
        onLegend={state.setLegendOpen}
        tool={props.tool}
        ageMs={props.viewAgeMs}
        onList={wide ? null : state.setListOpen}
        onBack={mode === "seats" ? props.onBack : null}
      />
      {steps}
      <div class="seatmap-key-box" data-open={state.isLegendOpen || undefined}>
        {legend}
        {palette && <StateKey language={language} palette={palette} />}
      </div>
      {sections}
      <div class="seatmap-frame">
        <div ref={elements.field} class="seatmap-field" aria-hidden="true" />
        <div ref={elements.places} class="seatmap-places">
          {places}
        </div>
        <Controls
          language={language}
          onIn={() => map?.zoom(1)}
          onOut={() => map?.zoom(-1)}
          onWhole={() => map?.whole()}
        />
      </div>
    </div>
  );
}

// What of the state is drawn. Whether the ring is around a seat or a section, the step decides.
function seenOf({ section, mine, filter, ringed }: MapState) {
  const [focusSeat, focusSection] = section === null ? [null, ringed] : [ringed, null];
  return { section, mine, grades: filter, focusSeat, focusSection };
}

function isWithin(element: HTMLElement | null, target: EventTarget | null): boolean {
  return target instanceof Node && (element?.contains(target) ?? false);
}

/** A pressed button says itself what became of it; a tap on the drawing does not. */
type Choose = (seat: number, by: "tap" | "button") => void;

// What the parts show and do. What they call is looked up when it is called, since a part may be
// older than the last render.
function useAbout(
  props: SeatMapProps,
  state: MapState,
  map: Controller | null,
  colors: readonly string[],
  choose: { current: Choose },
): About {
  const latest = useRef(props);
  latest.current = props;
  const hall = hallOf(props.plan);
  const status = (seat: number): Status => statusOf(seat, state.mine, map);
  choose.current = (seat, by) => chooseSeat(seat, by, props, state, status);
  return {
    hall,
    map,
    language: props.language,
    colors,
    state,
    status,
    acts: {
      onSection: (section) => latest.current.onSection(section),
      onSeat: (seat) => choose.current(seat, "button"),
      onBack: () => latest.current.onBack(),
      onFilter: state.setFilter,
      announce: (text) => latest.current.announce(text, "polite"),
    },
  };
}

function statusOf(seat: number, mine: readonly number[], map: Controller | null): Status {
  if (mine.includes(seat)) return "mine";
  const state = map?.cells.state[seat] ?? 0;
  if (state === 0) return "free";
  return state === 1 ? "held" : "sold";
}

function chooseSeat(
  seat: number,
  by: "tap" | "button",
  props: SeatMapProps,
  state: MapState,
  status: (seat: number) => Status,
): void {
  const is = status(seat);
  const isOpen = is === "free" || is === "mine";
  if (!isOpen || by === "tap") {
    const after = is === "free" ? "mine" : is === "mine" ? "free" : is;
    props.announce(seatLabel(hallOf(props.plan), seat, after, props.language), "polite");
  }
  state.setFocus((before) => ({ ...before, seat }));
  if (isOpen) props.onSeat(seat);
}
