// Where the keyboard goes: sections while one chooses among them, then the seats of one.
import type { RefObject } from "preact";
import type { Language } from "#/api/types";
import { type Cells, freeOf, type GradeFilter, gradeShown, isChoosable } from "../plan/cells";
import type { Status } from "../plan/names";
import type { Hall } from "../plan/plan";
import { FocusSeats } from "./focus-seats";
import { FocusSections } from "./focus-sections";

/** Where the keyboard is, among the sections and among the seats. */
export type Focus = { section: number; seat: number };

/** What the places need of the map: the states of seats, and to be brought into sight. */
type FollowingMap = {
  readonly cells: Cells;
  follow: (seat: number) => void;
  followSection: (section: number) => void;
};

type Props = {
  hall: Hall;
  map: FollowingMap;
  language: Language;
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
  announce: (text: string) => void;
};

export function Places(props: Props) {
  const { hall, section, focus } = props;
  if (section === null) return <SectionPlaces {...props} />;
  // For one render the seat in focus may still be of the section before.
  if (hall.section[focus.seat] !== section) return null;
  return <SeatPlaces key={section} {...props} section={section} />;
}

function SectionPlaces({ hall, map, language, filter, focus, inside, ...acts }: Props) {
  return (
    <FocusSections
      hall={hall}
      language={language}
      free={(index) => freeOf(hall, map.cells, index, filter)}
      grade={(index) => gradeShown(hall, map.cells, index)}
      current={focus.section}
      takeFocus={inside.current ?? false}
      onMove={(index) => {
        acts.onMove({ ...focus, section: index });
        map.followSection(index);
      }}
      onFocus={acts.onRing}
      onChoose={acts.onSection}
      onBack={acts.onBack}
    />
  );
}

function SeatPlaces(props: Props & { section: number }) {
  const { hall, map, language, section, filter, focus } = props;
  return (
    <FocusSeats
      hall={hall}
      language={language}
      section={section}
      free={freeOf(hall, map.cells, section, filter)}
      current={focus.seat}
      takeFocus={props.inside.current ?? false}
      status={props.status}
      choosable={(seat) =>
        isChoosable(hall, map.cells, seat, filter) || props.status(seat) === "mine"
      }
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
      announce={props.announce}
    />
  );
}
