// How the seats went, second by second.
import type { Report } from "#/api/types";
import { m, number, wholeSpan } from "#/i18n/words";
import { takenOf } from "../taken-of";

type CurvePoint = Report["curve"][number];

const WIDTH = 640;
const HEIGHT = 200;
const TABLE_ROWS_MAX = 12;

/**
 * Paid and held seats second by second, one upon the other, with the moment one came in. What they leave open is
 * free: where they reach the top, no seat is.
 */
export function Curve({ report }: { report: Report }) {
  const { curve, race, steps } = report;
  const last = curve.at(-1);
  if (!last || curve.length < 2) return null;
  const x = (s: number) => (s / Math.max(1, last.s)) * WIDTH;
  const y = (seats: number) => HEIGHT - (seats / Math.max(1, race.seats)) * HEIGHT;
  const line = (height: (point: CurvePoint) => number) =>
    `M${curve.map((point) => `${x(point.s).toFixed(1)} ${y(height(point)).toFixed(1)}`).join("L")}`;
  const area = (top: string) => `${top}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`;
  const gone = line(({ free }) => race.seats - free);
  const paid = line(({ sold }) => sold);
  const admitted = steps.find(({ key }) => key === "admitted")?.at_ms ?? null;
  const cameIn = admitted === null ? null : x(Math.min(last.s, admitted / 1000));
  return (
    <section class="report-part">
      <h2>{m.report_curve()}</h2>
      <figure class="card curve">
        <svg viewBox={`-2 -14 ${WIDTH + 4} ${HEIGHT + 22}`} aria-hidden="true">
          <path class="curve-area curve-held" d={area(gone)} />
          <path class="curve-area curve-paid" d={area(paid)} />
          <path class="curve-edge" d={gone} />
          <path class="curve-ground" d={`M0 0H${WIDTH}M0 ${HEIGHT}H${WIDTH}`} />
          {cameIn !== null && (
            <>
              <path class="curve-you" d={`M${cameIn} -6V${HEIGHT}`} />
              <circle class="curve-you-dot" cx={cameIn} cy="-4" r="8" />
            </>
          )}
        </svg>
        <figcaption class="curve-key small">
          <span data-line="paid">{m.report_curve_sold()}</span>
          <span data-line="held">{m.report_curve_held()}</span>
          <span data-line="free">{m.report_curve_free()}</span>
          {cameIn !== null && <span data-line="you">{m.step_key_admitted()}</span>}
          <span class="soft">{wholeSpan(last.s)}</span>
        </figcaption>
        <CurveTable curve={curve} seats={race.seats} />
      </figure>
    </section>
  );
}

/** The same as numbers, in at most a dozen rows. */
function CurveTable({ curve, seats }: Pick<Report, "curve"> & { seats: number }) {
  const stride = Math.ceil(curve.length / TABLE_ROWS_MAX);
  return (
    <details class="behind">
      <summary>{m.report_table()}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{m.report_since()}</th>
            <th scope="col">{m.report_curve_free()}</th>
            <th scope="col">{m.report_curve_held()}</th>
            <th scope="col">{m.report_curve_sold()}</th>
          </tr>
        </thead>
        <tbody>
          {curve
            .filter((_, index) => index % stride === 0)
            .map(({ s, free, sold }) => (
              <tr key={s}>
                <th scope="row">{wholeSpan(s)}</th>
                <td>{number(free)}</td>
                <td>{number(takenOf(seats, free, sold).held)}</td>
                <td>{number(sold)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </details>
  );
}
