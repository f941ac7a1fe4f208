// The hall in the report, with the seats of the run marked.
import type { Report } from "#/api/types";
import { FATE_WORDS } from "#/i18n/fates";
import { m, span } from "#/i18n/words";
import { current, plan } from "#/store/current";
import { language } from "#/store/settings";
import { seatMap } from "../seats/map-later";
import { isKept, seatsHad } from "./seats-had";

const MINE = "mine" as const;
/** Drawn hollow: it was the person's for a while. */
const GIVEN_BACK = "clicked" as const;

/** The hall as last seen, with the seats that were had and those that were lost. */
export function SeatMarks({ report }: { report: Report }) {
  const hall = plan.value;
  const drawn = seatMap.value;
  const states = current.value?.seats.states ?? null;
  const lost = report.conflicts.map(({ seat, late_ms }) => ({
    seat,
    label: m.report_conflict_line({ span: span(late_ms) }),
    kind: "taken" as const,
  }));
  const had = seatsHad(report).map(({ seat, fate }) => ({
    seat,
    label: FATE_WORDS[fate](),
    kind: isKept(fate) ? MINE : GIVEN_BACK,
  }));
  if (!hall || !drawn || lost.length + had.length === 0) return null;
  return (
    <section class="report-part">
      <h2>{m.report_map()}</h2>
      <div class="card report-map">
        <drawn.HallOverview
          plan={hall}
          states={states}
          version={current.value?.seats.version.value ?? 0}
          marks={[...lost, ...had]}
          language={language.value}
        />
      </div>
    </section>
  );
}
