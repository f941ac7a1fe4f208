// Where the keyboard goes: sections while one chooses among them, then the seats of one.
import type { RefObject } from "preact";
import type { Controller } from "../controller-types";
import { freeOf, type GradeFilter, gradeShown, isChoosable } from "../plan/cells";
import type { Status } from "../plan/names";
import type { Hall } from "../plan/plan";
import type { Locale } from "../plan/words";
import { FocusSeats } from "./focus-seats";
import { FocusSections } from "./focus-sections";

type Focus = { section: number; seat: number };

type Props = {
  hall: Hall;
  map: Controller;
  locale: Locale;
  section: number | null;
  filter: GradeFilter;
  focus: Focus;
  inside: RefObject<boolean>;
  status: (seat: number) => Status;
  onMove: (focus: Focus) => void;
  onRing: (place: number | null) => void;
  onSection: (section: number) => void;
  onSeat: (seat: number) => void;
  onBack: () => void;
};

export function Places(props: Props) {
  const { hall, map, locale, section, filter, focus } = props;
  const { cells } = map;
  const takeFocus = props.inside.current ?? false;
  if (section === null) {
    return (
      <FocusSections
        hall={hall}
        locale={locale}
        free={(index) => freeOf(hall, cells, index, filter)}
        grade={(index) => gradeShown(hall, cells, index)}
        current={focus.section}
        takeFocus={takeFocus}
        onMove={(index) => {
          props.onMove({ ...focus, section: index });
          map.followSection(index);
        }}
        onFocus={props.onRing}
        onChoose={props.onSection}
        onBack={props.onBack}
      />
    );
  }
  // For one render the seat in focus may still be of the section before.
  if (hall.section[focus.seat] !== section) return null;
  return (
    <FocusSeats
      key={section}
      hall={hall}
      locale={locale}
      section={section}
      free={freeOf(hall, cells, section, filter)}
      current={focus.seat}
      takeFocus={takeFocus}
      status={props.status}
      choosable={(seat) => isChoosable(hall, cells, seat, filter)}
      onMove={(seat) => {
        props.onMove({ ...focus, seat });
        map.follow(seat);
      }}
      onFocus={(seat) => {
        props.onRing(seat);
        if (seat !== null) map.follow(seat);
      }}
      onChoose={props.onSeat}
      onBack={props.onBack}
    />
  );
}
