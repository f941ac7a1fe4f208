// Tests of the score of an exercise, and of the way back from it.
import { describe, expect, test } from "vitest";
import type { ExerciseRun, HallProgress, Progress } from "#/api/training-types";
import { bestOf, EXERCISES, lastStyle, originOf, scoreOf } from "./exercises";

const run = (race: string, at_ms: number, took_ms: number | null): ExerciseRun => ({
  race,
  at_ms,
  took_ms,
  press: null,
});

/** `last` is newest first, as the server tells it. */
function progressOf(last: ExerciseRun[], style = "n-style"): Progress {
  const reached = last.filter(({ took_ms }) => took_ms !== null);
  const best = reached.sort((a, b) => (a.took_ms ?? 0) - (b.took_ms ?? 0))[0];
  return {
    halls: [],
    exercises: [
      {
        exercise: "captcha",
        style,
        runs: last.length,
        best_ms: best?.took_ms ?? null,
        best_at_ms: best?.at_ms ?? null,
        usual_ms: best?.took_ms ?? null,
        last,
      },
    ],
  };
}

describe("the score", () => {
  test("of the first run that reaches the goal is a beginning, not a record", () => {
    const score = scoreOf(progressOf([run("b", 2, 4_000), run("a", 1, null)]), "b");
    expect(score).toMatchObject({ tookMs: 4_000, isFirst: true, isRecord: false });
  });

  test("of a run faster than all before is a record", () => {
    const score = scoreOf(progressOf([run("b", 2, 3_000), run("a", 1, 4_000)]), "b");
    expect(score).toMatchObject({ isFirst: false, isRecord: true, bestMs: 3_000 });
  });

  test("of a slower run is neither", () => {
    const score = scoreOf(progressOf([run("b", 2, 5_000), run("a", 1, 4_000)]), "b");
    expect(score).toMatchObject({ isFirst: false, isRecord: false, bestMs: 4_000 });
  });

  test("of a run that missed the goal has no time and is no record", () => {
    const score = scoreOf(progressOf([run("b", 2, null), run("a", 1, 4_000)]), "b");
    expect(score).toMatchObject({ tookMs: null, isFirst: false, isRecord: false });
  });

  test("lists the runs from the oldest to the newest", () => {
    const score = scoreOf(progressOf([run("b", 2, 3_000), run("a", 1, 4_000)]), "b");
    expect(score?.last.map(({ race }) => race)).toEqual(["a", "b"]);
  });

  test("is not there before the server lists the run", () => {
    expect(scoreOf(progressOf([run("a", 1, 4_000)]), "b")).toBeNull();
  });
});

test("the best time of an exercise is that of the style, and none where there is none", () => {
  const one = progressOf([run("a", 1, 4_000)]);
  const two = progressOf([run("b", 2, 3_000)], "m-style");
  const both = { halls: [], exercises: [...one.exercises, ...two.exercises] };
  expect(bestOf(both, "captcha", "n-style")).toBe(4_000);
  expect(bestOf(both, "captcha", "m-style")).toBe(3_000);
  expect(bestOf(both, "captcha", null)).toBeNull();
  expect(bestOf(both, "pay", "n-style")).toBeNull();
  expect(bestOf(null, "press", "n-style")).toBeNull();
  expect(EXERCISES).toHaveLength(6);
});

test("the style is the one of the last race, and else of the last exercise", () => {
  const practised = progressOf([run("a", 1, 4_000)], "m-style");
  expect(lastStyle(practised)).toBe("m-style");
  const raced = { ...practised, halls: [{ style: "n-style" } as HallProgress] };
  expect(lastStyle(raced)).toBe("n-style");
  expect(lastStyle({ halls: [], exercises: [] })).toBeNull();
});

describe("the way back", () => {
  const at = (step: "report" | "done") => ({ kind: "race", id: "abc", step }) as const;

  test("leads to the report that the exercise was begun from", () => {
    expect(originOf(at("report"), false, null)).toBe("abc");
  });

  test("stays the same when the exercise is done again", () => {
    expect(originOf(at("done"), true, "before")).toBe("before");
  });

  test("leads home from anywhere else", () => {
    expect(originOf({ kind: "home" }, false, "before")).toBeNull();
    expect(originOf({ kind: "progress" }, false, "before")).toBeNull();
    expect(originOf(at("done"), false, "before")).toBeNull();
  });
});
