// The steps of a run beside those of the rivals.
import type { Report, ReportStep, RivalTimes } from "#/api/types";
import { STEP_KEY_WORDS } from "#/i18n/report";
import { m, share, span } from "#/i18n/words";
import { Spread } from "./spread";

type Compared = ReportStep & { rivals: RivalTimes };

function compared(report: Report): Compared[] {
  return report.steps.filter(
    (step): step is Compared => step.rivals !== null && step.rivals.count > 0,
  );
}

/** Whether the verdict is about this step. A press is compared by the place that came of it. */
function isWorst({ verdict }: Report, { key }: Compared, steps: readonly Compared[]): boolean {
  const isPressTold = steps.some((step) => step.key === "press");
  const worst = verdict.step === "press" && !isPressTold ? "placed" : verdict.step;
  return key === worst;
}

function standing({ took_ms, rivals }: Compared): string {
  if (took_ms === null) return m.report_not_reached();
  const { ahead_share: ahead, behind_share: behind } = rivals;
  if (ahead + behind === 0) return m.report_level();
  return ahead <= behind
    ? m.report_faster_than({ share: share(behind) })
    : m.report_slower_than({ share: share(ahead) });
}

/** Each step beside the rivals' times for the same step. */
export function RivalSteps({ report }: { report: Report }) {
  const steps = compared(report);
  if (steps.length === 0) return null;
  return (
    <section class="report-part">
      <h2>{m.report_steps()}</h2>
      <ul class="spreads">
        {steps.map((step) => (
          <li
            key={step.key}
            class="card spread-card"
            data-worst={isWorst(report, step, steps) || undefined}
          >
            <p class="spread-head">
              <b>{STEP_KEY_WORDS[step.key]()}</b>
              <span class="spread-took">{step.took_ms === null ? "–" : span(step.took_ms)}</span>
            </p>
            <Spread rivals={step.rivals} tookMs={step.took_ms} />
            <p class="soft small">
              {standing(step)} · {m.report_middle()} {span(step.rivals.p50_ms)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function RivalTable({ report }: { report: Report }) {
  const steps = compared(report);
  if (steps.length === 0) return null;
  return (
    <details class="behind">
      <summary>{m.report_table()}</summary>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys */}
      <div class="behind-scroll" tabIndex={0} role="region" aria-label={m.report_steps()}>
        <table>
          <thead>
            <tr>
              {[
                m.report_step(),
                m.report_you(),
                m.report_fast(),
                m.report_middle(),
                m.report_slow(),
              ].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map(({ key, took_ms, rivals }) => (
              <tr key={key}>
                <th scope="row">{STEP_KEY_WORDS[key]()}</th>
                <td>{took_ms === null ? "–" : span(took_ms)}</td>
                <td>{span(rivals.p10_ms)}</td>
                <td>{span(rivals.p50_ms)}</td>
                <td>{span(rivals.p90_ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
