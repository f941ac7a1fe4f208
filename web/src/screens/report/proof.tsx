// What was, beside what would have been.
import type { Report, WhatIf } from "#/api/types";
import { m } from "#/i18n/words";
import { plan } from "#/store/current";
import { CHANGE_WORDS } from "./change-words";
import { type ProofRow, proofRows } from "./proof-rows";

function ProofTable({ rows }: { rows: readonly ProofRow[] }) {
  return (
    <table class="proof">
      <caption class="hidden">{m.verdict_proof_table()}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="hidden">{m.report_step()}</span>
          </th>
          <th scope="col">{m.whatif_real_column()}</th>
          <th scope="col">{m.whatif_then_column()}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, was, would }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{was ?? "–"}</td>
            <td class="proof-then">{would ?? "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The table of a run, and what had to be assumed for it. */
export function Proof({ report, whatIf }: { report: Report; whatIf: WhatIf }) {
  const { outcome, changes } = whatIf;
  return (
    <>
      <ProofTable rows={proofRows(report.outcome, outcome, changes, plan.value)} />
      <Assumed whatIf={whatIf} />
    </>
  );
}

/** The steps that the run never came to, for which another time stands. */
export function Assumed({ whatIf }: { whatIf: WhatIf }) {
  if (whatIf.assumed.length === 0) return null;
  const steps = whatIf.assumed.map((step) => CHANGE_WORDS[step]()).join(", ");
  return <p class="soft small">{m.whatif_assumed({ steps })}</p>;
}
