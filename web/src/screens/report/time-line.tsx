// The time line of a run.
import type { Report } from "#/api/types";
import { STEP_KEY_WORDS } from "#/i18n/report";
import { m, span } from "#/i18n/words";

/** The run from the opening on, each step where it fell; the one that cost most stands out. */
export function TimeLine({ report }: { report: Report }) {
  const whole = Math.max(1, ...report.steps.map(({ at_ms }) => at_ms ?? 0));
  return (
    <section class="report-part">
      <h2>{m.report_timeline()}</h2>
      <p class="soft small">{m.report_since()}</p>
      <ol class="time-line">
        {report.steps.map(({ key, at_ms, took_ms }) => (
          <li
            key={key}
            data-missing={at_ms === null || undefined}
            data-worst={report.verdict.step === key || undefined}
          >
            <span class="time-line-name">{STEP_KEY_WORDS[key]()}</span>
            <span class="time-line-bar" aria-hidden="true">
              {at_ms !== null && (
                <span
                  style={{
                    left: `${(Math.max(0, at_ms - (took_ms ?? 0)) / whole) * 100}%`,
                    width: `${(Math.min(took_ms ?? 0, at_ms) / whole) * 100}%`,
                  }}
                />
              )}
            </span>
            <span class="time-line-at">
              {at_ms === null ? m.report_not_reached() : span(at_ms)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
