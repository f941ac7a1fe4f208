// Tests of the times that a slider can be moved to.
import { expect, test } from "vitest";
import type { ReportStep, RivalTimes } from "#/api/types";
import { whatIf } from "./report-fixture";
import { rangesOf, startOf } from "./slider-range";

const rivals = (p50_ms: number, p90_ms: number) => ({ p50_ms, p90_ms }) as RivalTimes;
const step = (key: ReportStep["key"], took_ms: number | null, among: RivalTimes | null) =>
  ({ key, took_ms, at_ms: took_ms, rivals: among }) as ReportStep;
const only = (one: ReportStep) => rangesOf({ steps: [one], what_ifs: [] })[0];

test("one's own time and the rivals' median are stops of their own", () => {
  const range = only(step("press", 5_612, rivals(1_333, 6_000)));
  if (!range) throw new Error("a step that was taken has a slider");
  expect(range.own === null ? null : range.stops[range.own]).toBe(5_600);
  expect(range.median === null ? null : range.stops[range.median]).toBe(1_350);
  expect(startOf(range)).toBe(range.own);
});

test("stops rise from zero past the slowest, no two alike, close together where it is quick", () => {
  for (const took of [0, 40, 5_600, 279_000, 9_000_000]) {
    const stops = only(step("first-seat", took, rivals(8_000, 20_000)))?.stops ?? [];
    expect(stops.length).toBeGreaterThan(40);
    expect(stops[0]).toBe(0);
    expect(stops.every((ms, at) => at === 0 || ms > (stops[at - 1] ?? Infinity))).toBe(true);
    expect(stops.every((ms) => ms % 50 === 0 && ms <= 600_000)).toBe(true);
    expect(stops.at(-1)).toBeGreaterThanOrEqual(Math.min(600_000, took));
    expect((stops[1] ?? 0) - (stops[0] ?? 0)).toBeLessThanOrEqual(100);
  }
});

test("a step that was never taken begins at the rivals' median; one that nobody took has no slider", () => {
  const range = only(step("paid", null, rivals(41_000, 90_000)));
  expect(range?.own).toBeNull();
  expect(range && range.stops[startOf(range)]).toBe(41_000);
  expect(only(step("paid", null, null))).toBeUndefined();
});

test("what a person does not do by hand has no slider, and the rest come in their order", () => {
  const steps = (["placed", "paid", "admitted", "captcha", "press"] as const).map((key) =>
    step(key, 1_000, null),
  );
  const keys = rangesOf({ steps, what_ifs: [] }).map((range) => range.step);
  expect(keys).toEqual(["press", "captcha", "paid"]);
});

test("the rivals' presses are known by the places that came of them", () => {
  const steps = [step("press", 5_600, null), step("placed", 5_650, rivals(1_200, 6_000))];
  const [range] = rangesOf({ steps, what_ifs: [] });
  expect(range?.median === null ? null : range?.stops[range.median]).toBe(1_200);
});

test("one's own time is the one that a what-if counts", () => {
  const steps = [step("first-seat", 279_000, null)];
  const [range] = rangesOf({ steps, what_ifs: [whatIf("first-seat", 3_000)] });
  expect(range?.own === null ? null : range?.stops[range.own]).toBe(5_600);
});
