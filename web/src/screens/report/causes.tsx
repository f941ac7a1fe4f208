// Every step that would have changed the result, in the order of what it cost.
import type { Report, StepChange, WhatIf } from "#/api/types";
import { m } from "#/i18n/words";
import { plan } from "#/store/current";
import { causesOf, samesOf } from "./causes-of";
import { CHANGE_WORDS } from "./change-words";
import { Train } from "./train";
import { goingOnOf, sentenceOf } from "./what-if-words";

const GAIN_WORDS: Record<WhatIf["gain"], () => string> = {
  seat: m.gain_seat,
  hold: m.gain_hold,
  "better-seat": m.gain_better_seat,
  place: m.gain_place,
  none: m.gain_none,
  worse: m.gain_worse,
};

const PACE_WORDS: Record<StepChange["pace"], (() => string) | null> = {
  quick: m.causes_quick,
  usual: m.causes_usual,
  chosen: null,
};

/** Nothing where no step would have changed anything. In somebody else's run there is nothing to train. */
export function Causes({ report, isOthers }: { report: Report; isOthers?: boolean }) {
  const causes = causesOf(report);
  const same = samesOf(report);
  if (causes.length === 0) return null;
  return (
    <section class="report-part causes">
      <h2>{m.causes_title()}</h2>
      <p class="soft small">{m.causes_line()}</p>
      <ol>
        {causes.map((cause) => (
          <Cause key={nameOf(cause)} report={report} cause={cause} isOthers={isOthers} />
        ))}
      </ol>
      {same.length > 0 && (
        <p class="soft small">
          {m.causes_same({ steps: same.map((step) => CHANGE_WORDS[step]()).join(", ") })}
        </p>
      )}
    </section>
  );
}

const nameOf = ({ changes }: WhatIf) => changes.map(({ step }) => CHANGE_WORDS[step]()).join(" + ");

/** Nobody knows the pages of rivals: a page is changed to that of a good line. */
function paceOf({ changes: [first] }: WhatIf): string | undefined {
  if (first?.step === "placed") return m.causes_page();
  return PACE_WORDS[first?.pace ?? "chosen"]?.();
}

type CauseProps = { report: Report; cause: WhatIf; isOthers: boolean | undefined };

function Cause({ report, cause, isOthers }: CauseProps) {
  const pace = paceOf(cause);
  const goingOn = goingOnOf(cause, plan.value);
  return (
    <li class="card">
      <p class="cause-head">
        <b>{nameOf(cause)}</b>
        <span class="cause-gain">{GAIN_WORDS[cause.gain]()}</span>
      </p>
      <p>
        {sentenceOf(cause, plan.value)} {goingOn}
      </p>
      {pace && <p class="soft small">{pace}</p>}
      {!isOthers && <Train report={report} steps={cause.changes.map(({ step }) => step)} />}
    </li>
  );
}
