// Which what-ifs are told as causes. Pure.
import type { Report, StepKey, WhatIf } from "#/api/types";

type Told = Pick<Report, "what_ifs" | "verdict">;

const stepsOf = ({ changes }: WhatIf) => changes.map(({ step }) => step).join("+");
const isNothing = ({ gain }: WhatIf) => gain === "none" || gain === "worse";

/**
 * The best what-if of each step or pair besides the verdict's, best first, as far as it gains something. Nothing does
 * for whoever had the best seat there was.
 */
export function causesOf({ what_ifs, verdict }: Told): WhatIf[] {
  if (verdict.kind === "won-best") return [];
  const proof = what_ifs[verdict.what_if ?? -1];
  const best = gainsOf(what_ifs);
  if (proof) best.delete(stepsOf(proof));
  return [...best.values()];
}

/** By steps; what stands first is the best. */
function gainsOf(whatIfs: readonly WhatIf[]): Map<string, WhatIf> {
  const best = new Map<string, WhatIf>();
  for (const one of whatIfs) {
    if (!isNothing(one) && !best.has(stepsOf(one))) best.set(stepsOf(one), one);
  }
  return best;
}

/** The steps that were tried and change nothing by themselves, however quick. */
export function samesOf({ what_ifs }: Pick<Told, "what_ifs">): StepKey[] {
  const changing = gainsOf(what_ifs);
  const single = what_ifs.filter(({ changes }) => changes.length === 1);
  const steps = single.flatMap(({ changes }) => changes.map(({ step }) => step));
  return [...new Set(steps)].filter((step) => !changing.has(step));
}
