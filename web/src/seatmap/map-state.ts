// What the map's component remembers between two renders.
import { type RefObject } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import type { Focus } from "./list/places";
import type { SeatMapProps } from "./props";

export type MapState = {
  /** The section whose seats are shown; null while sections are. */
  section: number | null;
  mine: number[];
  filter: Set<number> | null;
  setFilter: (filter: Set<number> | null) => void;
  /** Where the keyboard is, among the sections and among the seats. */
  focus: Focus;
  setFocus: (change: Focus | ((before: Focus) => Focus)) => void;
  /** The section or the seat with a ring around it. */
  ringed: number | null;
  setRinged: (place: number | null) => void;
  isListOpen: boolean;
  setListOpen: (isOpen: boolean) => void;
  isLegendOpen: boolean;
  setLegendOpen: (isOpen: boolean) => void;
  /** Whether the keyboard is in the map: then the next step takes the focus over. */
  isInside: RefObject<boolean>;
};

/** State of the component, with the filter that the page or the map itself keeps. */
export function useMapState(props: SeatMapProps): MapState {
  const [isListOpen, setListOpen] = useState(false);
  const [isLegendOpen, setLegendOpen] = useState(false);
  const [ownFilter, setOwnFilter] = useState<Set<number> | null>(null);
  const [focus, setFocus] = useState<Focus>({ section: 0, seat: 0 });
  const [ringed, setRinged] = useState<number | null>(null);
  const isInside = useRef(false);
  // A page may well make a new list each time; only other seats or grades are another value.
  const mine = useMemo(() => props.mine, [props.mine.join()]);
  const asked = props.gradeFilter ?? ownFilter;
  const filter = useMemo(() => asked, [asked && Array.from(asked).sort().join()]);
  const section = props.mode === "seats" ? props.section : null;
  const setFilter = props.onGradeFilter ?? setOwnFilter;
  return {
    section,
    mine,
    filter,
    setFilter,
    focus,
    setFocus,
    ringed,
    setRinged,
    isListOpen,
    setListOpen,
    isLegendOpen,
    setLegendOpen,
    isInside,
  };
}
