// The seats of a section as a grid of which only the row of the focus and its neighbours are there.

import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Language } from "#/api/types";
import { m } from "#/paraglide/messages";
import { moveToFree, nextSeat } from "../hand/free-ways";
import { moveOf, moveSeat } from "../hand/keyboard";
import { rowName, type Status, seatLabel, sectionLabel } from "../plan/names";
import type { Hall } from "../plan/plan";

type Props = {
  hall: Hall;
  language: Language;
  section: number;
  free: number;
  current: number;
  takeFocus: boolean;
  status: (seat: number) => Status;
  choosable: (seat: number) => boolean;
  onMove: (seat: number) => void;
  onFocus: (seat: number | null) => void;
  onChoose: (seat: number) => void;
  onBack: () => void;
  announce: (text: string) => void;
};

export function FocusSeats(props: Props) {
  const { hall, language, section, current } = props;
  const here = useRef<HTMLButtonElement>(null);
  const wanted = useRef(props.takeFocus);
  useLayoutEffect(() => {
    if (wanted.current) here.current?.focus({ preventScroll: true });
    wanted.current = false;
  }, [current]);

  const about = hall.sections[section];
  if (!about) return null;
  const row = hall.row[current] as number;
  const rows = [row - 1, row, row + 1].filter((one) => one >= about.rowFrom && one < about.rowTo);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.preventDefault();
      props.onBack();
      return;
    }
    const next = seatAfter(event, props);
    if (next === undefined) return;
    event.preventDefault();
    if (next === null) props.announce(m.map_no_free_that_way({}, { locale: language }));
    if (next === null || next === current) return;
    wanted.current = true;
    props.onMove(next);
  };

  return (
    <div
      role="grid"
      aria-label={`${sectionLabel(hall, section, props.free, language)}. ${m.map_keys({}, { locale: language })}`}
      aria-rowcount={about.rowTo - about.rowFrom}
      aria-colcount={longestRow(hall, about)}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {rows.map((one) => (
        <div
          key={one}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- seats lie where they are, not in a table
          role="row"
          aria-rowindex={one - about.rowFrom + 1}
          aria-label={rowName(hall, one, language)}
        >
          {seatsOf(hall, one).map((seat, position) => (
            <SeatCell key={seat} {...props} {...{ seat, position, here }} pitch={about.pitch} />
          ))}
        </div>
      ))}
    </div>
  );
}

// Where a key leads: over seats that are taken, or with Shift to the very next one. Null for nowhere,
// undefined if the key means nothing here.
function seatAfter(event: KeyboardEvent, props: Props): number | null | undefined {
  const { hall, current, choosable } = props;
  const move = moveOf(event.key, event.ctrlKey || event.metaKey);
  if (move && event.shiftKey) return moveSeat(hall, current, move);
  if (move) return moveToFree(hall, current, move, choosable);
  const isNext = event.key === "n" || event.key === "N" || event.key === "ㅜ";
  return isNext ? nextSeat(hall, current, event.shiftKey ? -1 : 1, choosable) : undefined;
}

type CellProps = Props & {
  seat: number;
  position: number;
  pitch: number;
  here: RefObject<HTMLButtonElement | null>;
};

function SeatCell({ hall, language, seat, position, pitch, current, here, ...props }: CellProps) {
  const status = props.status(seat);
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- seats lie where they are, not in a table
    <div role="gridcell" aria-colindex={position + 1}>
      <button
        ref={seat === current ? here : null}
        type="button"
        class="seatmap-place"
        tabIndex={seat === current ? 0 : -1}
        aria-label={seatLabel(hall, seat, status, language)}
        aria-pressed={status === "mine"}
        aria-disabled={status === "held" || status === "sold" ? true : undefined}
        style={{
          left: `${hall.x[seat]}px`,
          top: `${hall.y[seat]}px`,
          "--w": `${pitch}px`,
          "--h": `${pitch}px`,
        }}
        onFocus={() => props.onFocus(seat)}
        onBlur={() => props.onFocus(null)}
        onClick={() => props.onChoose(seat)}
      />
    </div>
  );
}

function seatsOf(hall: Hall, row: number): number[] {
  const from = hall.rowStart[row] as number;
  return Array.from({ length: (hall.rowStart[row + 1] as number) - from }, (_, i) => from + i);
}

function longestRow(hall: Hall, about: { rowFrom: number; rowTo: number }): number {
  let longest = 0;
  for (let row = about.rowFrom; row < about.rowTo; row += 1) {
    longest = Math.max(
      longest,
      (hall.rowStart[row + 1] as number) - (hall.rowStart[row] as number),
    );
  }
  return longest;
}
