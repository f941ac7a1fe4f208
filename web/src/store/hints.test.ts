// Tests of the hints of somebody's first race.
import { beforeEach, expect, test, vi } from "vitest";

const kept = new Map<string, string>();
vi.mock("#/platform/storage", () => ({
  recall: (key: string) => kept.get(key) ?? null,
  remember: (key: string, value: string) => void kept.set(key, value),
}));
const { hasHints } = await import("./hints");

beforeEach(() => kept.clear());

test("the first race has hints, also after the page was loaded anew, and no race after it", () => {
  expect(hasHints("a")).toBe(true);
  expect(hasHints("a")).toBe(true);
  expect(hasHints("b")).toBe(false);
  expect(hasHints("a")).toBe(true);
});

test("whoever finished a race before has none", () => {
  kept.set("finished", "yes");
  expect(hasHints("a")).toBe(false);
  expect(hasHints("b")).toBe(false);
});
