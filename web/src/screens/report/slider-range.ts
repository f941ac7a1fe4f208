// The times that a slider can be moved to. Pure.
//
// A run may have taken minutes where rivals took seconds: so stops lie close together where it is quick, and far
// apart where it is slow. One's own time and the rivals' median are stops of their own, to be found again by keys.
import type { OwnTime, Report } from "#/api/types";
import { CHANGEABLE, type Changeable } from "#/api/what-if";

/** A slider from its quickest to its slowest stop, in milliseconds. */
export type Range = {
  step: Changeable;
  /** Rising, no two alike. */
  stops: readonly number[];
  /** The index of the time that stands for the run as it was: there the slider stands before it is moved. */
  start: number;
  /** Whether the run never came to the step, so that its time is assumed. */
  isAssumed: boolean;
  /** The index of the rivals' median; null if no rival took the step. */
  median: number | null;
  /** What no what-if can go below: the moment of joining, of the press of whoever joined late; else 0. */
  least: number;
};

const STOPS = 160;
/** The slowest stop is as many times one's own time, */
const ROOM = 1.15;
/** so much above it, */
const MS_LEAST = 1_000;
/** and as many times what is usual among rivals. */
const USUAL_TIMES = 2;
/** As the server takes them. */
const MS_MAX = 600_000;
const MS_APART = 50;

/** A slider for each step that can be changed, in the order of a race. */
export function rangesOf({ own }: Pick<Report, "own">): Range[] {
  return CHANGEABLE.flatMap((step) => {
    const time = own.find((one) => one.step === step);
    return time ? [rangeOf(step, time)] : [];
  });
}

function rangeOf(step: Changeable, { took_ms, assumed, least_ms, usual_ms }: OwnTime): Range {
  const least = Math.min(MS_MAX, Math.ceil(Math.max(0, least_ms) / MS_APART) * MS_APART);
  const own = Math.max(least, rounded(took_ms));
  const usual = usual_ms === null ? null : Math.max(least, rounded(usual_ms));
  const slowest = Math.max(own + MS_LEAST, own * ROOM, (usual ?? 0) * USUAL_TIMES);
  const most = Math.min(MS_MAX, slowest);
  const stopAt = (at: number) => coarse(least + (most - least) * (at / STOPS) ** 2);
  const even = Array.from({ length: STOPS + 1 }, (_, at) => Math.max(least, stopAt(at)));
  const marks = [least, own, usual].filter((ms) => ms !== null);
  const stops = [...new Set([...even, ...marks])].sort((a, b) => a - b);
  return {
    step,
    stops,
    start: stops.indexOf(own),
    isAssumed: assumed,
    median: usual === null ? null : stops.indexOf(usual),
    least,
  };
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
