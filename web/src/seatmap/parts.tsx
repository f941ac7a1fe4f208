// The parts around the drawing, each from what it shows: they are put together again only when that
// has changed.

import type { Language } from "#/api/types";
import type { Controller } from "./controller";
import { Legend } from "./list/legend";
import { Places } from "./list/places";
import { SectionList } from "./list/section-list";
import { StepList } from "./list/step-list";
import type { MapState } from "./map-state";
import { freeOf, gradeShown } from "./plan/cells";
import type { Status } from "./plan/names";
import type { Hall } from "./plan/plan";

/** What a visitor can do with the map. */
type Acts = {
  onSection: (section: number) => void;
  onSeat: (seat: number) => void;
  onBack: () => void;
  onFilter: (filter: Set<number> | null) => void;
  announce: (text: string) => void;
};

/** What the parts show. */
export type About = {
  hall: Hall;
  map: Controller | null;
  language: Language;
  /** Colours of the grades. */
  colors: readonly string[];
  state: MapState;
  status: (seat: number) => Status;
  acts: Acts;
};

/** Free seats of a section under the filter; none before the first states have come. */
export function freeIn({ hall, map, state }: About, section: number): number {
  return map ? freeOf(hall, map.cells, section, state.filter) : 0;
}

export function stepListOf({ hall, map, language, colors, state, acts }: About) {
  if (!map) return null;
  return (
    <StepList
      {...{ hall, language, colors }}
      cells={map.cells}
      section={state.section}
      mine={state.mine}
      grades={state.filter}
      onSection={acts.onSection}
      onSeat={acts.onSeat}
    />
  );
}

export function legendOf({ hall, map, language, colors, state, acts }: About) {
  return (
    <Legend
      {...{ hall, language, colors }}
      filter={state.filter}
      free={map?.cells.freeInGrade ?? []}
      onFilter={acts.onFilter}
    />
  );
}

export function sectionListOf(about: About) {
  const { hall, map, language, colors, state, acts } = about;
  if (!map || state.section !== null) return null;
  return (
    <SectionList
      {...{ hall, language }}
      free={(index) => freeIn(about, index)}
      color={(index) => colors[gradeShown(hall, map.cells, index)] ?? "gray"}
      current={state.focus.section}
      onFocus={state.setRinged}
      onChoose={acts.onSection}
      onMove={(index) => state.setFocus((before) => ({ ...before, section: index }))}
    />
  );
}

export function placesOf({ hall, map, language, state, status, acts }: About) {
  if (!map) return null;
  return (
    <Places
      {...{ hall, map, language, status }}
      section={state.section}
      filter={state.filter}
      focus={state.focus}
      inside={state.isInside}
      onMove={state.setFocus}
      onRing={state.setRinged}
      onSection={acts.onSection}
      onSeat={acts.onSeat}
      onBack={acts.onBack}
      announce={acts.announce}
    />
  );
}
