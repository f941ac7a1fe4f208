// Tests of the meaning of addresses.
import { expect, test } from "vitest";
import { parsePath, racePath } from "./address";
import { STEPS } from "./steps";

const ID = "0123456789abcdef";

test("home, a race and nothing else", () => {
  expect(parsePath("/")).toEqual({ kind: "home" });
  expect(parsePath(`/race/${ID}`)).toEqual({ kind: "race", id: ID, step: null });
  expect(parsePath(`/race/${ID}/`)).toEqual({ kind: "race", id: ID, step: null });
  for (const path of [
    "/race",
    "/race/",
    "/race/1",
    `/race/${ID}/roof`,
    `/race/${ID}/seats/2`,
    "/x",
  ]) {
    expect(parsePath(path)).toEqual({ kind: "unknown" });
  }
});

test("what is written is read back", () => {
  for (const step of STEPS) {
    expect(parsePath(racePath(ID, step))).toEqual({ kind: "race", id: ID, step });
  }
});
