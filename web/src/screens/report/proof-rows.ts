// What was beside what would have been, as rows of a table.
import type { Plan, RunOutcome, StepChange } from "#/api/types";
import { m, number, span } from "#/i18n/words";
import { CHANGE_WORDS } from "./change-words";
import { bestOf, seatsOf } from "./what-if-words";

/** A row; null stands for what is not known or never came. */
export type ProofRow = { name: string; was: string | null; would: string | null };

/** The changed steps first, then what differs of the outcome. How it ended is always told. */
export function proofRows(
  real: RunOutcome,
  changed: RunOutcome,
  changes: readonly StepChange[],
  plan: Plan | null,
): ProofRow[] {
  const steps = changes.map(({ step, from_ms, to_ms }) => ({
    name: CHANGE_WORDS[step](),
    was: from_ms === null ? null : span(from_ms),
    would: span(to_ms),
  }));
  const row = (name: string, tell: (outcome: RunOutcome) => string | null): ProofRow => ({
    name,
    was: tell(real),
    would: tell(changed),
  });
  const count = (value: number | null) => (value === null ? null : number(value));
  const facts = [
    row(m.report_place(), ({ place }) => count(place)),
    row(m.report_free_then(), ({ free_on_admission: free }) => count(free)),
    row(m.whatif_row_free(), ({ free_then: free }) => count(free)),
    // What could have been had is told only where nothing was.
    row(m.whatif_row_best(), (one) => (changed.seats.length > 0 ? null : bestOf(one, plan))),
    row(m.whatif_row_seat(), ({ seats }) => seatsOf(plan, seats)),
    row(m.whatif_row_quality(), ({ seats, quality }) =>
      seats.length === 0 || quality === null
        ? null
        : m.whatif_score({ score: number(Math.round(quality * 100)) }),
    ),
  ];
  const result = row(m.whatif_row_result(), resultOf);
  const differs = ({ was, would }: ProofRow) => was !== would;
  return [...steps.filter(differs), ...facts.filter(differs), result];
}

function resultOf({ paid, held }: RunOutcome): string {
  if (paid) return m.whatif_result_paid();
  return held ? m.whatif_result_held() : m.whatif_result_none();
}
