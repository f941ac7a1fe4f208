// The codes of problems are those that the documents list.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

/** A page that waits for a code which the server never sends has a screen that never shows. */
test("the codes of refusals are those of docs/API.md", () => {
  const rows = read("../../../docs/API.md").match(/^\| [\d, ]+ \| `[a-z].*\|$/gm) ?? [];
  const told = rows.flatMap((row) => [...row.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code));
  const union = /type ProblemCode =([^;]*);/.exec(read("./types.ts"))?.[1] ?? "";
  const known = [...union.matchAll(/"([a-z-]+)"/g)].map(([, code]) => code);
  expect(told.length).toBeGreaterThan(40);
  expect(known).toEqual(told);
});
