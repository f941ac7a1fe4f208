// Results that were read once, kept in this browser to be read again without a line. They no longer change.
import type { PastRace, RaceView, Report } from "#/api/types";
import { recall, remember } from "#/platform/storage";
import { isInPlay } from "./steps";

export type Kept = { view: RaceView; report: Report };

const KEY = "results";
const KEPT_MAX = 10;

/** Of another version of the page nothing is taken over that lacks a part. */
function isKept(value: unknown): value is Kept {
  const { view, report } = (value ?? {}) as Partial<Kept>;
  return (
    typeof view?.race?.id === "string" &&
    typeof view.state?.you?.kind === "string" &&
    Array.isArray(view.state.shifts) &&
    !!report?.race &&
    !!report.verdict &&
    Array.isArray(report.own)
  );
}

function readAll(): Kept[] {
  try {
    const all: unknown = JSON.parse(recall(KEY) ?? "[]");
    return Array.isArray(all) ? all.filter(isKept) : [];
  } catch {
    return [];
  }
}

/** Puts a result first; of more than ten the one that was read longest ago goes. A race that goes on is not kept, nor is its pass. */
export function keepResult(view: RaceView, report: Report): void {
  if (isInPlay(view.state.you)) return;
  const others = readAll().filter(({ view: { race } }) => race.id !== view.race.id);
  remember(KEY, JSON.stringify([{ view, report }, ...others].slice(0, KEPT_MAX)));
}

export function keptResult(id: string): Kept | null {
  return readAll().find(({ view }) => view.race.id === id) ?? null;
}

/** The kept results as the list of past races shows them, the last read first. */
export function keptRaces(): PastRace[] {
  return readAll().map(({ view: { race, state }, report }) => ({
    id: race.id,
    scenario: race.scenario,
    title: race.title,
    plan: race.plan,
    demand: race.demand,
    style: race.style.name,
    created_ms: state.started_at_ms,
    ending: report.ending,
    place: report.place,
    rivals: race.rivals,
    seats: race.seats,
    seed_chosen: false,
    performance: race.performance ?? null,
    steps: [],
  }));
}
