/** The hall as lists: sections with what is left in them, then rows of seats. */

import { gradeOf, numberAt } from "#/i18n/format";
import { m, number, seatName, sectionName, won } from "#/i18n/words";
import { countFree } from "./free";
import type { SeatMapProps } from "./map-props";
import "./seat-list.css";

export function SeatList(props: SeatMapProps) {
  const { section } = props;
  return section === null ? <SectionList {...props} /> : <RowList {...props} section={section} />;
}

function SectionList({ plan, states, onSection }: SeatMapProps) {
  return (
    <ul class="section-list" aria-label={m.sections_list()}>
      {plan.sections.map((section, index) => {
        const free = countFree(section, states);
        return (
          <li key={`${section.floor}.${section.label}`}>
            <button type="button" class="section-item" onClick={() => onSection(index)}>
              <b>{sectionName(plan, index)}</b>
              <span>{free > 0 ? m.sections_left({ count: number(free) }) : m.sections_none()}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function RowList({ plan, states, mine, section, onSeat }: SeatMapProps & { section: number }) {
  return (
    <ol class="row-list">
      {plan.sections[section]?.rows.map((row) => (
        <li key={row.label}>
          <span class="row-name">{m.seats_list_rows({ row: row.label })}</span>
          <ul class="seat-row">
            {row.x.map((_, position) => {
              const seat = row.first_seat + position;
              const isMine = mine.includes(seat);
              const isTaken = !isMine && states[seat] !== 0;
              const grade = gradeOf(plan, seat);
              const state = isMine ? m.seat_mine() : isTaken ? m.seat_taken() : m.seat_free();
              return (
                <li key={seat}>
                  <button
                    type="button"
                    class="seat"
                    data-state={isMine ? "mine" : isTaken ? "taken" : "free"}
                    aria-disabled={isTaken || undefined}
                    aria-pressed={isMine}
                    aria-label={[
                      seatName(plan, seat),
                      grade?.name,
                      won(grade?.price_won ?? 0),
                      state,
                    ].join(", ")}
                    style={{ "--grade": grade?.color }}
                    onClick={() => !isTaken && onSeat(seat)}
                  >
                    {numberAt(row.numbers, position)}
                  </button>
                </li>
              );
            })}
          </ul>
        </li>
      ))}
    </ol>
  );
}
