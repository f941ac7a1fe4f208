// The verdict: what decided the run, its proof, and the exercise against it.
import type { Report, StepKey } from "#/api/types";
import { ENDING_WORDS } from "#/i18n/endings";
import type { GoneWords } from "#/i18n/gone";
import { m, title } from "#/i18n/words";
import { plan } from "#/store/current";
import { Cluster } from "#/ui/cluster";
import { StepHeading } from "#/ui/heading";
import { Proof } from "./proof";
import { Train } from "./train";
import { verdictWords } from "./verdict-words";

type VerdictProps = {
  report: Report;
  gone?: GoneWords;
  /** Somebody else's run: there is nothing to train. */
  isOthers?: boolean;
};

/** Without `gone` the words for an ending are the short ones. */
export function Verdict({ report, gone, isOthers }: VerdictProps) {
  const { ending, race, verdict } = report;
  const words = verdictWords(report, plan.value, gone);
  const isWon = ending === "paid";
  return (
    <section class="verdict" data-won={isWon || undefined}>
      <p class="verdict-end">
        <Cluster filled={isWon ? 1 : 0} size={18} />
        {ENDING_WORDS[ending]()} · {title(race.title)}
      </p>
      <StepHeading called={m.step_report()}>{words.title}</StepHeading>
      {words.more.map((line) => (
        <p key={line} class="verdict-more">
          {line}
        </p>
      ))}
      {words.advice && <p class="verdict-advice">{words.advice}</p>}
      {!isOthers && (
        <Train report={report} steps={stepsOf(report)} fault={verdict.fault} look="primary" />
      )}
      {words.proof && (
        <div class="card verdict-proof">
          <Proof report={report} whatIf={words.proof} />
          <p class="soft small">{m.verdict_proof()}</p>
        </div>
      )}
    </section>
  );
}

/** The step that decided it; of two, both, as they come in a race. */
function stepsOf({ verdict, what_ifs }: Report): StepKey[] {
  const proof = verdict.kind === "two-steps" ? what_ifs[verdict.what_if ?? -1] : undefined;
  if (proof) return proof.changes.map(({ step }) => step);
  return verdict.step === null ? [] : [verdict.step];
}
