// Tests of the results that a browser keeps.
import { beforeEach, expect, test, vi } from "vitest";
import type { Report, You } from "#/api/types";
import { inside, viewOf } from "./fixture";
import { keepResult, keptRaces, keptResult } from "./kept";

const shelf = new Map<string, string>();
vi.mock("#/platform/storage", () => ({
  recall: (key: string) => shelf.get(key) ?? null,
  remember: (key: string, value: string) => shelf.set(key, value),
}));

const GONE: You = { kind: "gone", cause: "sold-out" } as You;
const REPORT = {
  ending: "sold-out",
  place: 94,
  race: {},
  verdict: {},
  own: [] as unknown,
} as Report;
const race = (id: string, you = GONE) => viewOf({ you, over: true }, { id });

beforeEach(() => shelf.clear());

test("a kept result is read again as it was", () => {
  keepResult(race("a"), REPORT);
  expect(keptResult("a")).toEqual({ view: race("a"), report: REPORT });
  expect(keptResult("b")).toBeNull();
});

test("the last ten results are listed, the last read first, and each race once", () => {
  for (const id of "abcdefghijkl") keepResult(race(id), REPORT);
  keepResult(race("f"), REPORT);
  expect(keptRaces().map(({ id }) => id)).toEqual([..."flkjihgedc"]);
  expect(keptRaces()[0]).toMatchObject({ ending: "sold-out", place: 94 });
});

test("a race that goes on is not kept, and neither is its pass", () => {
  keepResult(race("a", inside()), REPORT);
  expect(keptResult("a")).toBeNull();
  expect([...shelf.values()].join()).not.toContain("the-pass");
});

test("what another version or somebody else wrote is left alone", () => {
  for (const text of ["", "no json", "{}", '[null, 1, {"view": {}}, {"report": {}}]']) {
    shelf.set("results", text);
    expect(keptRaces()).toEqual([]);
  }
});
