// The times that a slider can be moved to. Pure.
//
// A run may have taken minutes where rivals took seconds: so stops lie close together where it is quick, and far
// apart where it is slow. One's own time and the rivals' median are stops of their own, to be found again by keys.
import type { Report, ReportStep, RivalTimes } from "#/api/types";
import { CHANGEABLE, type Changeable } from "#/api/what-if";

/** A slider from its quickest to its slowest stop, in milliseconds. */
export type Range = {
  step: Changeable;
  /** Rising, no two alike. */
  stops: readonly number[];
  /** The index of one's own time; null if the step was never taken. */
  own: number | null;
  /** The index of the rivals' median; null if no rival took the step. */
  median: number | null;
};

const STOPS = 160;
/** The slowest stop, beyond one's own time and all but the slowest rivals. */
const ROOM = 1.15;
/** As the server takes them. */
const MS_MAX = 600_000;
const MS_LEAST = 1_000;
const MS_APART = 50;

/** A slider for each step that the run or a rival took. */
export function rangesOf({ steps, what_ifs }: Pick<Report, "steps" | "what_ifs">): Range[] {
  const changes = what_ifs.flatMap((whatIf) => whatIf.changes);
  return CHANGEABLE.flatMap((key) => {
    const step = steps.find((one) => one.key === key);
    // A what-if counts only the time in which something could be done: of the first seat, while one was free.
    const counted = changes.find((change) => change.step === key)?.from_ms;
    const range = step && rangeOf(key, rivalsOf(steps, step), counted ?? step.took_ms);
    return range ? [range] : [];
  });
}

/** Of a rival's press only the place is known that came of it. */
function rivalsOf(steps: readonly ReportStep[], { key, rivals }: ReportStep): RivalTimes | null {
  const isPlaceTold = key === "press" && rivals === null;
  return isPlaceTold ? (steps.find((one) => one.key === "placed")?.rivals ?? null) : rivals;
}

function rangeOf(step: Changeable, rivals: RivalTimes | null, tookMs: number | null): Range | null {
  const own = tookMs === null ? null : rounded(tookMs);
  const median = rivals ? rounded(rivals.p50_ms) : null;
  if (own === null && median === null) return null;
  const slowest = Math.max(own ?? 0, rivals?.p90_ms ?? 0, MS_LEAST) * ROOM;
  const most = Math.min(MS_MAX, slowest);
  const even = Array.from({ length: STOPS + 1 }, (_, at) => coarse(most * (at / STOPS) ** 2));
  const marks = [own, median].filter((ms) => ms !== null);
  const stops = [...new Set([...even, ...marks])].sort((a, b) => a - b);
  const indexOf = (ms: number | null) => (ms === null ? null : stops.indexOf(ms));
  return { step, stops, own: indexOf(own), median: indexOf(median) };
}

/** The server rounds as well: two times that it cannot tell apart are one stop. */
function rounded(ms: number): number {
  return Math.min(MS_MAX, Math.max(0, Math.round(ms / MS_APART) * MS_APART));
}

/** Nobody means 61.35 seconds. */
function coarse(ms: number): number {
  const apart = ms < 3_000 ? MS_APART : ms < 20_000 ? 100 : ms < 60_000 ? 500 : 1_000;
  return Math.min(MS_MAX, Math.round(ms / apart) * apart);
}

/** Where a slider stands before it is moved. */
export function startOf({ own, median }: Range): number {
  return own ?? median ?? 0;
}
