// The hall at the moment of the first click: what was free, where one clicked, who took each lost seat and when.
import { useMemo } from "preact/hooks";
import type { HallThen, Plan, Report } from "#/api/types";
import { m, number, sectionName, span } from "#/i18n/words";
import { plan } from "#/store/current";
import { language } from "#/store/settings";
import { seatMap } from "../seats/map-later";
import { marksOf } from "./hall-marks";
import { countFree, sectionsThen, statesThen } from "./seats-then";

/** Kept with the report, so a reload and paper show the same. */
export function HallAtClick({ report }: { report: Report }) {
  const hall = plan.value;
  const drawn = seatMap.value;
  const then = report.hall;
  const states = useMemo(
    () => then && hall && statesThen(then, report.race.seats),
    [then, hall, report],
  );
  const spoken = language.value;
  const marks = useMemo(() => marksOf(report), [report, spoken]);
  if (!hall || !drawn || (!then && marks.length === 0)) return null;
  return (
    <section class="report-part">
      <h2>{m.hall_then_title()}</h2>
      {then && states && <FreeThen then={then} states={states} />}
      <div class="card report-map">
        <drawn.HallOverview plan={hall} states={states} marks={marks} language={spoken} />
        {states && <SectionTable hall={hall} states={states} />}
      </div>
    </section>
  );
}

function FreeThen({ then, states }: { then: HallThen; states: Uint8Array }) {
  return (
    <p class="soft small">
      {m.hall_then_line({
        span: span(then.at_ms),
        all: number(states.length),
        free: number(countFree(states)),
      })}
    </p>
  );
}

/** The drawing as numbers. */
function SectionTable({ hall, states }: { hall: Plan; states: Uint8Array }) {
  const sections = sectionsThen(hall, states);
  return (
    <details class="behind">
      <summary>{m.hall_then_table()}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{m.hall_then_section()}</th>
            <th scope="col">{m.report_curve_free()}</th>
          </tr>
        </thead>
        <tbody>
          {sections.map(({ section, free, all }) => (
            <tr key={section}>
              <th scope="row">{sectionName(hall, section)}</th>
              <td>
                {number(free)} / {number(all)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
