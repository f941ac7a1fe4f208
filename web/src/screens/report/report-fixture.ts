// For tests: a hall of six seats, and reports on runs in it.
import type { Plan, Report, RunOutcome, StepKey, WhatIf } from "#/api/types";

const row = (label: string, first_seat: number) => ({
  label,
  first_seat,
  numbers: { from: 1, count: 3 },
  x: [0, 50, 100],
  y: [0, 0, 0],
  grades: 0,
});

export const PLAN = {
  sections: [
    { floor: "F", label: "A", outline: [], rows: [row("1", 0)] },
    { floor: "F", label: "B", outline: [], rows: [row("1", 3)] },
  ],
} as unknown as Plan;

export const LOST: RunOutcome = {
  paid: false,
  held: false,
  seats: [],
  quality: null,
  place: 1106,
  free_on_admission: 78,
  best_seat: 5,
  best_quality: 0.2,
  free_then: 2,
  ended_ms: 90_000,
};

export const PAID: RunOutcome = {
  ...LOST,
  paid: true,
  held: true,
  seats: [1],
  quality: 0.9,
  place: 94,
  free_on_admission: 1148,
  free_then: 844,
};

export function whatIf(step: StepKey, to_ms: number, more: Partial<WhatIf> = {}): WhatIf {
  const changes = [{ step, from_ms: 5600, to_ms, pace: "quick" as const }];
  return { changes, outcome: PAID, gain: "seat", assumed: [], ...more };
}

export function report(more: Partial<Report>): Report {
  return {
    ending: "sold-out",
    outcome: LOST,
    own: [],
    what_ifs: [],
    verdict: { kind: "unfinished", step: null, fault: "none", what_if: null },
    conflicts: [],
    seats: [],
    steps: [],
    hall: null,
    ...more,
  } as Report;
}
