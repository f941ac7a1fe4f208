// "Choose from a list": section, row, seat, with native elements and only with what can be had.

import { useState } from "preact/hooks";
import type { Language } from "#/api/types";
import { nameFloor } from "#/i18n/seats";
import { m } from "#/paraglide/messages";
import type { Cells, GradeFilter } from "../plan/cells";
import { choosableIn, freeOf } from "../plan/cells";
import { gradeName, leftWords, rowName, seatLabel, sectionName } from "../plan/names";
import type { Hall } from "../plan/plan";

type Props = {
  hall: Hall;
  cells: Cells;
  language: Language;
  section: number | null;
  grades: GradeFilter;
  mine: readonly number[];
  colors: readonly string[];
  onSection: (section: number) => void;
  onSeat: (seat: number) => void;
};

export function StepList(props: Props) {
  const { hall, section } = props;
  const [picked, setPicked] = useState<number | null>(null);
  const about = section === null ? undefined : hall.sections[section];
  const rows = about ? rowsWithSeats(props, about) : [];
  const row = rows.some((one) => one.row === picked) ? picked : null;
  const seats = row === null ? [] : seatsToPick(props, row);
  return (
    <div class="seatmap-steps">
      <SectionSelect {...props} />
      {about && <RowSelect {...props} rows={rows} row={row} onRow={setPicked} />}
      {seats.length > 0 && <SeatButtons {...props} seats={seats} />}
    </div>
  );
}

function SectionSelect({ hall, cells, language, section, grades, onSection }: Props) {
  const floors = [...new Set(hall.sections.map((one) => one.floor))];
  return (
    <label class="seatmap-step">
      <span>{m.map_sections({}, { locale: language })}</span>
      <select
        value={section ?? ""}
        onChange={(event) => {
          const value = event.currentTarget.value;
          if (value !== "") onSection(Number(value));
        }}
      >
        <option value="">{m.map_pick_section({}, { locale: language })}</option>
        {floors.map((floor) => (
          <optgroup key={floor} label={nameFloor(language, floor)}>
            {hall.sections.map((one, index) => {
              const free = freeOf(hall, cells, index, grades);
              if (one.floor !== floor || (free === 0 && index !== section)) return null;
              return (
                <option key={one.label} value={index}>
                  {`${sectionName(hall, index, language)} · ${leftWords(free, language)}`}
                </option>
              );
            })}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

type Row = { row: number; free: number };
type RowProps = Props & { rows: Row[]; row: number | null; onRow: (row: number | null) => void };

function RowSelect({ hall, language, rows, row, onRow }: RowProps) {
  return (
    <label class="seatmap-step">
      <span>{m.map_rows({}, { locale: language })}</span>
      <select
        value={row ?? ""}
        onChange={(event) => {
          const value = event.currentTarget.value;
          onRow(value === "" ? null : Number(value));
        }}
      >
        <option value="">
          {rows.length === 0
            ? m.map_none_left({}, { locale: language })
            : m.map_pick_row({}, { locale: language })}
        </option>
        {rows.map((one) => (
          <option key={one.row} value={one.row}>
            {`${rowName(hall, one.row, language)} · ${leftWords(one.free, language)}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function SeatButtons({ hall, language, colors, seats, ...props }: Props & { seats: number[] }) {
  return (
    <fieldset class="seatmap-seats">
      <legend class="seatmap-unseen">{m.map_pick_seat({}, { locale: language })}</legend>
      {seats.map((seat) => {
        const mine = props.mine.includes(seat);
        const grade = hall.grade[seat] ?? 0;
        return (
          <button
            key={seat}
            type="button"
            class="seatmap-seat"
            aria-pressed={mine}
            aria-label={seatLabel(hall, seat, mine ? "mine" : "free", language)}
            title={gradeName(hall, grade, language)}
            style={{ "--dot": colors[grade] }}
            data-number={hall.numbers[seat]}
            onClick={() => props.onSeat(seat)}
          />
        );
      })}
    </fieldset>
  );
}

// Free seats of the row under the filter, and one's own.
function seatsToPick({ hall, cells, grades, mine }: Props, row: number): number[] {
  const from = hall.rowStart[row] as number;
  const to = hall.rowStart[row + 1] as number;
  const free = choosableIn(hall, cells.state, from, to, grades);
  const own = mine.filter((seat) => hall.row[seat] === row && !free.includes(seat));
  return [...free, ...own].sort((a, b) => a - b);
}

function rowsWithSeats(props: Props, about: { rowFrom: number; rowTo: number }): Row[] {
  const rows: Row[] = [];
  for (let row = about.rowFrom; row < about.rowTo; row += 1) {
    const free = seatsToPick(props, row).length;
    if (free > 0) rows.push({ row, free });
  }
  return rows;
}
