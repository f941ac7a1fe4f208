// Conflicts, the quality of the seats, and what the report compares with.
import type { Report } from "#/api/types";
import { FATE_WORDS } from "#/i18n/fates";
import { isPlausibleDelay } from "#/i18n/format";
import { delay, m, number, seatName, share, span, won } from "#/i18n/words";
import { plan } from "#/store/current";
import { seatsHad } from "./seats-had";

function Conflicts({ report }: { report: Report }) {
  const hall = plan.value;
  return (
    <section class="report-part">
      <h2>{m.report_conflicts()}</h2>
      {report.conflicts.length === 0 && <p class="note">{m.report_conflicts_none()}</p>}
      <ul class="clashes">
        {report.conflicts.map(({ seat, at_ms, late_ms, view_age_ms }) => (
          <li key={`${seat}.${at_ms}`} class="card">
            <b>{hall ? seatName(hall, seat) : m.loading()}</b>
            <span>{m.report_conflict_line({ span: span(late_ms) })}</span>
            {view_age_ms !== null && (
              <span class="soft small">{m.report_conflict_age({ span: span(view_age_ms) })}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Quality({ report }: { report: Report }) {
  const hall = plan.value;
  if (report.seats.length === 0) return null;
  return (
    <section class="report-part">
      <h2>{m.report_quality()}</h2>
      <ul class="clashes">
        {seatsHad(report).map(({ seat, quality_rank_then, free_then, price_won, fate }) => (
          <li key={seat} class="card">
            <b>{hall ? seatName(hall, seat) : m.loading()}</b>
            <span>
              {m.report_quality_line({
                free: number(free_then),
                rank: number(quality_rank_then),
                share: share(quality_rank_then / free_then),
              })}
            </span>
            <span class="soft small">
              {won(price_won)} · {FATE_WORDS[fate]()}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the figures rest on. */
export function FinePrint({ report }: { report: Report }) {
  const { clock, captcha, race, basis } = report;
  const isCompared = report.steps.some(({ rivals }) => rivals !== null);
  const facts: string[] = [];
  if (clock.error_ms !== null && isPlausibleDelay(clock.error_ms))
    facts.push(m.report_clock_error({ delay: delay(clock.error_ms) }));
  if (clock.network_ms !== null) facts.push(m.report_network({ delay: delay(clock.network_ms) }));
  if (captcha.asked > 0) {
    facts.push(
      m.report_captcha_missed({ asked: number(captcha.asked), missed: number(captcha.missed) }),
    );
  }
  // Of a race of several people the results publish the seed, once it is over for everybody.
  if (race.seed !== null) facts.push(m.report_seed({ seed: String(race.seed) }));
  return (
    <section class="report-part fine">
      <h2>{m.report_clock()}</h2>
      <p class="soft small">{facts.join(" · ")}</p>
      {isCompared && <h2>{m.report_basis()}</h2>}
      {isCompared && (
        <p class="soft small">{m.report_basis_rivals({ count: number(basis.rivals) })}</p>
      )}
    </section>
  );
}

export function Details({ report }: { report: Report }) {
  return (
    <>
      <Conflicts report={report} />
      <Quality report={report} />
    </>
  );
}
