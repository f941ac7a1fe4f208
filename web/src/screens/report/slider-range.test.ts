// Tests of the times that a slider can be moved to.
import { expect, test } from "vitest";
import type { OwnTime } from "#/api/types";
import { rangesOf } from "./slider-range";

const time = (step: OwnTime["step"], took_ms: number, more: Partial<OwnTime> = {}): OwnTime => ({
  step,
  took_ms,
  assumed: false,
  least_ms: 0,
  quick_ms: null,
  usual_ms: null,
  ...more,
});

function only(own: OwnTime) {
  const [range] = rangesOf({ own: [own] });
  if (!range) throw new Error("a step that can be changed has a slider");
  return range;
}

test("a slider stands at the time that the script takes, and the rivals' median is a stop of its own", () => {
  const { stops, start, median } = only(time("press", 5_612, { usual_ms: 1_333 }));
  expect(stops[start]).toBe(5_600);
  expect(stops[median ?? -1]).toBe(1_350);
});

test("stops rise from zero past the slowest, no two alike, close together where it is quick", () => {
  for (const took of [0, 40, 5_600, 279_000, 9_000_000]) {
    const { stops, start } = only(time("first-seat", took, { usual_ms: 8_000 }));
    expect(stops.length).toBeGreaterThan(40);
    expect(stops[0]).toBe(0);
    expect(start).toBeGreaterThanOrEqual(0);
    expect(stops.every((ms, at) => at === 0 || ms > (stops[at - 1] ?? Infinity))).toBe(true);
    expect(stops.every((ms) => ms % 50 === 0 && ms <= 600_000)).toBe(true);
    expect(stops.at(-1)).toBeGreaterThanOrEqual(Math.min(600_000, took));
    expect((stops[1] ?? 0) - (stops[0] ?? 0)).toBeLessThanOrEqual(100);
  }
});

test("a step that was never taken begins at what is assumed of it, and says so", () => {
  const { stops, start, isAssumed } = only(time("paid", 41_000, { assumed: true }));
  expect(isAssumed).toBe(true);
  expect(stops[start]).toBe(41_000);
});

test("whoever joined late cannot press before, wherever the slider is moved", () => {
  const late = time("press", 31_020, { least_ms: 30_020, usual_ms: 900 });
  const { stops, start, median, least } = only(late);
  expect(least).toBe(30_050);
  expect(stops[0]).toBe(30_050);
  expect(stops[start]).toBe(31_000);
  expect(stops[median ?? -1]).toBe(30_050);
});

test("what a person does not do by hand has no slider, and the rest come in their order", () => {
  const own = (["placed", "paid", "held", "captcha", "press"] as const).map((key) =>
    time(key, 1_000),
  );
  expect(rangesOf({ own }).map(({ step }) => step)).toEqual(["press", "captcha", "paid"]);
});
