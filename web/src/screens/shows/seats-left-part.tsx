// How many seats are left, in all and by section and grade, and how long ago that was so.
import type { SeatsLeft } from "#/api/show-types";
import { placeName } from "#/i18n/tickets";
import { gradeName, m, number, wholeSpan } from "#/i18n/words";
import { second } from "#/store/clock";

export function SeatsLeftPart({ seats }: { seats: SeatsLeft }) {
  const { total, sections, seen_at_ms } = seats;
  const ageMs = Math.max(0, second.value - seen_at_ms);
  return (
    <div class="seats-left">
      <p>
        <span class="soft">{m.seats_left()}</span> <b>{m.home_seats({ count: number(total) })}</b>
      </p>
      <details class="behind">
        <summary>{m.seats_left_sections()}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{m.hall_then_section()}</th>
              <th scope="col">{m.seats_left_grade()}</th>
              <th scope="col">{m.seats_left()}</th>
            </tr>
          </thead>
          <tbody>
            {sections.map(({ section, grade, seats: count }) => (
              <tr key={`${section}.${grade}`}>
                <th scope="row">{placeName(section)}</th>
                <td>{gradeName(grade)}</td>
                <td>{number(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <p class="soft small">
        {ageMs < 1_000 ? m.seats_left_now() : m.seats_left_age({ span: wholeSpan(ageMs / 1000) })}
      </p>
    </div>
  );
}
