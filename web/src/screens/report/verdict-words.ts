// What the report says first: what decided the run, and how that is known.
import type { Plan, Report, WhatIf } from "#/api/types";
import { ENDING_WORDS } from "#/i18n/endings";
import { ADVICE_WORDS } from "#/i18n/faults";
import type { GoneWords } from "#/i18n/gone";
import { m } from "#/i18n/words";
import { bestOf, goingOnOf, seatsOf, sentenceOf } from "./what-if-words";

/** The parts of a verdict; null for what there is nothing to say of. */
export type VerdictWords = {
  title: string;
  more: string[];
  advice: string | null;
  /** The run that proves it. */
  proof: WhatIf | null;
};

/** Without `gone` the words for an ending are the short ones. */
export function verdictWords(report: Report, plan: Plan | null, gone?: GoneWords): VerdictWords {
  const { verdict, what_ifs, ending } = report;
  const proof = what_ifs[verdict.what_if ?? -1] ?? null;
  const said = proof && sentenceOf(proof, plan, verdict.fault);
  const goingOn = proof && goingOnOf(proof, plan);
  const advice = verdict.fault === "none" ? null : ADVICE_WORDS[verdict.fault]();
  const seat = seatsOf(plan, report.outcome.seats);
  const won = seat ? m.verdict_won({ seat }) : m.verdict_won_some();
  const ended = gone?.[ending === "paid" ? "closed" : ending];
  const isPageSlow = verdict.fault === "slow-page";
  const words = (title: string, more: (string | null)[]): VerdictWords => ({
    title,
    more: [isPageSlow ? m.verdict_slow_page() : null, ...more].filter((line) => line !== null),
    advice,
    proof,
  });
  const endedWords = (): VerdictWords => ({
    ...words(ended?.title() ?? ENDING_WORDS[ending](), []),
    advice: ended?.text() ?? null,
  });
  switch (verdict.kind) {
    case "won-best":
      return {
        // Where nothing was run again, nothing is known to be the best.
        ...words(won, [
          what_ifs.length > 0 ? m.verdict_won_best() : null,
          betterSeat(report, plan),
        ]),
        advice: ADVICE_WORDS.none(),
      };
    case "won":
      return words(won, [said, goingOn]);
    case "one-step":
      return words(said ?? won, [goingOn]);
    case "two-steps":
      return words(said ?? m.verdict_nothing(), [goingOn, m.verdict_two()]);
    case "better":
      return words(said ?? m.verdict_nothing(), [goingOn, m.verdict_better()]);
    case "nothing":
      if (!isTried(report)) return endedWords();
      return {
        ...words(m.verdict_nothing(), [m.verdict_nothing_text()]),
        advice: m.verdict_nothing_advice(),
      };
    case "unfinished":
      return endedWords();
  }
}

/** A better seat that was there to be clicked; null if the person had the best. */
function betterSeat({ outcome }: Report, plan: Plan | null): string | null {
  const isBetter = (outcome.best_quality ?? 0) > (outcome.quality ?? 1);
  const seat = isBetter ? bestOf(outcome, plan) : null;
  return seat && m.verdict_so_best({ seat });
}

/**
 * Whether all that may have decided the run was run again. Where no rival took a step there is no time to try for it,
 * and a payment that came too late is never "the same anyway".
 */
function isTried({ what_ifs, ending }: Report): boolean {
  const isPaymentTried = what_ifs.some(({ changes }) =>
    changes.some(({ step }) => step === "paid"),
  );
  return what_ifs.length > 0 && (ending !== "hold-ended" || isPaymentTried);
}
