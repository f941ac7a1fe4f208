// "Choose from a list": section, row, seat, with native elements and only with what can be had.

import { useState } from "preact/hooks";
import { choosableIn } from "../hand/hit-test";
import type { Cells, GradeFilter } from "../plan/cells";
import { freeOf } from "../plan/cells";
import { count, floorName, gradeName, rowName, seatLabel, sectionName } from "../plan/names";
import type { Hall } from "../plan/plan";
import { type Locale, WORDS } from "../plan/words";

type Props = {
  hall: Hall;
  cells: Cells;
  locale: Locale;
  section: number | null;
  grades: GradeFilter;
  mine: readonly number[];
  colors: readonly string[];
  onSection: (section: number) => void;
  onSeat: (seat: number) => void;
};

export function StepList(props: Props) {
  const { hall, cells, locale, section, grades } = props;
  const words = WORDS[locale];
  const [picked, setPicked] = useState<number | null>(null);
  const floors = [...new Set(hall.sections.map((one) => one.floor))];
  const about = section === null ? undefined : hall.sections[section];
  const rows = about ? rowsWithSeats(hall, cells, about, grades, props.mine) : [];
  const inRows = rows.some((one) => one.row === picked);
  const row = inRows ? picked : null;
  const seats = row === null ? [] : seatsToPick(hall, cells, row, grades, props.mine);

  return (
    <div class="seatmap-steps">
      <label class="seatmap-step">
        <span>{words.sections}</span>
        <select
          value={section ?? ""}
          onChange={(event) => {
            const value = event.currentTarget.value;
            if (value !== "") props.onSection(Number(value));
          }}
        >
          <option value="">{words.pickSection}</option>
          {floors.map((floor) => (
            <optgroup key={floor} label={floorName(floor, locale)}>
              {hall.sections.map((one, index) => {
                const free = freeOf(hall, cells, index, grades);
                if (one.floor !== floor || (free === 0 && index !== section)) return null;
                return (
                  <option key={one.label} value={index}>
                    {`${sectionName(hall, index, locale)} · ${words.left(count(free))}`}
                  </option>
                );
              })}
            </optgroup>
          ))}
        </select>
      </label>
      {about && (
        <label class="seatmap-step">
          <span>{words.rows}</span>
          <select
            value={row ?? ""}
            onChange={(event) => {
              const value = event.currentTarget.value;
              setPicked(value === "" ? null : Number(value));
            }}
          >
            <option value="">{rows.length === 0 ? words.none : words.pickRow}</option>
            {rows.map((one) => (
              <option key={one.row} value={one.row}>
                {`${rowName(hall, one.row, locale)} · ${words.left(count(one.free))}`}
              </option>
            ))}
          </select>
        </label>
      )}
      {seats.length > 0 && (
        <fieldset class="seatmap-seats">
          <legend class="seatmap-unseen">{words.pickSeat}</legend>
          {seats.map((seat) => {
            const mine = props.mine.includes(seat);
            return (
              <button
                key={seat}
                type="button"
                class="seatmap-seat"
                aria-pressed={mine}
                aria-label={seatLabel(hall, seat, mine ? "mine" : "free", locale)}
                title={gradeName(hall, hall.grade[seat] ?? 0, locale)}
                style={{ "--dot": props.colors[hall.grade[seat] ?? 0] }}
                data-number={hall.numbers[seat]}
                onClick={() => props.onSeat(seat)}
              />
            );
          })}
        </fieldset>
      )}
    </div>
  );
}

function seatsToPick(
  hall: Hall,
  cells: Cells,
  row: number,
  grades: GradeFilter,
  mine: readonly number[],
): number[] {
  const free = choosableIn(
    hall,
    cells.state,
    hall.rowStart[row] as number,
    hall.rowStart[row + 1] as number,
    grades,
  );
  const own = mine.filter((seat) => hall.row[seat] === row && !free.includes(seat));
  return [...free, ...own].sort((a, b) => a - b);
}

function rowsWithSeats(
  hall: Hall,
  cells: Cells,
  about: { rowFrom: number; rowTo: number },
  grades: GradeFilter,
  mine: readonly number[],
): { row: number; free: number }[] {
  const rows: { row: number; free: number }[] = [];
  for (let row = about.rowFrom; row < about.rowTo; row += 1) {
    const free = seatsToPick(hall, cells, row, grades, mine).length;
    if (free > 0) rows.push({ row, free });
  }
  return rows;
}
