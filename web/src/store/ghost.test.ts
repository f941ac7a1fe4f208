// Tests of the ghost: which run it is, and where it stood.
import { describe, expect, test } from "vitest";
import type { HallProgress, HallRun } from "#/api/training-types";
import type { Report, StepKey } from "#/api/types";
import { raceOf, STYLE } from "./fixture";
import { lastLike, stoodAt, type Trail, trailOf } from "./ghost";

const race = raceOf();

const run = (id: string): HallRun => ({
  race: id,
  at_ms: 1_000,
  ending: "paid",
  place: 7,
  steps: [],
});

/** The runs of the race's hall, the newest first, as the server tells them. */
const hall = (ids: string[], more: Partial<HallProgress> = {}): HallProgress => ({
  plan: race.plan,
  demand: race.demand,
  rivals: race.rivals,
  style: STYLE.name,
  title: race.title,
  runs: ids.length,
  paid: 0,
  steps: [],
  last: ids.map(run),
  ...more,
});

describe("which run it is", () => {
  test("the newest of the same hall, whatever was raced elsewhere since, and never the race itself", () => {
    const halls = [hall(["elsewhere"], { plan: "arena" }), hall([race.id, "new", "old"])];
    expect(lastLike({ halls }, race)?.race).toBe("new");
  });

  test.each<[string, Partial<HallProgress>]>([
    ["another hall", { plan: "arena" }],
    ["another demand", { demand: "hot" }],
    ["another style", { style: "m-style" }],
    ["another number of rivals", { rivals: 7 }],
    ["this race itself", { last: [run(race.id)] }],
  ])("never of %s", (_, more) => {
    expect(lastLike({ halls: [hall(["one"], more)] }, race)).toBeNull();
  });
});

const MOMENTS: Partial<Record<StepKey, number>> = {
  press: 5_600,
  placed: 5_650,
  admitted: 40_000,
  captcha: 46_000,
  "first-seat": 52_000,
  held: 55_000,
  paid: 90_000,
};

function trail(more: Partial<Trail> = {}, until = Number.POSITIVE_INFINITY): Trail {
  const steps = Object.entries(MOMENTS).map(([key, at_ms]) => ({
    key: key as StepKey,
    at_ms: at_ms <= until ? at_ms : null,
    took_ms: null,
    rivals: null,
  }));
  const report = { steps, place: 1_106, ending: "paid", captcha: { asked: 1 } };
  return { ...trailOf(report as unknown as Report), ...more };
}

describe("where it stood", () => {
  test.each<[number, ReturnType<typeof stoodAt>]>([
    [-5_000, { kind: "early", pressMs: 5_600 }],
    [0, { kind: "lobby" }],
    [5_620, { kind: "lobby" }],
    [6_000, { kind: "queue", place: 1_106 }],
    [41_000, { kind: "captcha" }],
    [47_000, { kind: "map" }],
    [53_000, { kind: "map" }],
    [60_000, { kind: "held" }],
    [90_000, { kind: "paid" }],
    [900_000, { kind: "paid" }],
  ])("%i ms after the opening", (ms, stood) => {
    expect(stoodAt(trail(), ms)).toEqual(stood);
  });

  test("a run that ended without a seat says so from then on", () => {
    const lost = trail({ ending: "sold-out", endedMs: 30_000 }, 10_000);
    expect(stoodAt(lost, 29_999)).toEqual({ kind: "queue", place: 1_106 });
    expect(stoodAt(lost, 30_000)).toEqual({ kind: "ended", ending: "sold-out" });
  });

  test("where no captcha was asked for, one was on the map at once", () => {
    expect(stoodAt(trail({ asksCaptcha: false }, 40_000), 41_000)).toEqual({ kind: "map" });
  });

  test("a run without a press has nothing to tell before the opening", () => {
    expect(stoodAt(trail({}, -1), -5_000)).toBeNull();
  });
});
