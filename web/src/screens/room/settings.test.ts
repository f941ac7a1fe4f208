// Tests of what a room's form makes of what was chosen.
import { expect, test } from "vitest";
import type { Catalogue } from "#/api/types";
import { nextMoment } from "#/platform/moments";
import "#/platform/fake-browser";
import { roomOf } from "#/store/room-fixture";
import { choiceOf, draftOf, newDraft, settingsOf } from "./settings";

const KNOWN = {
  plans: [
    { name: "dome", seats: 20_000 },
    { name: "theatre", seats: 900 },
  ],
  demands: [
    { name: "hot", rivals: 90_000 },
    { name: "small", rivals: 500 },
  ],
  styles: [{ name: "n-style" }, { name: "m-style" }],
  scenarios: [{ name: "big", plan: "dome", demand: "hot", style: "m-style" }],
} as unknown as Catalogue;
/** Ten past noon of whatever day and place. */
const NOON = nextMoment("12:10", 1_780_000_000_000) ?? 0;

test("a new room is small, calm and begun by its host", () => {
  expect(settingsOf(newDraft(KNOWN, NOON), NOON)).toEqual({
    plan: "theatre",
    demand: "small",
    style: "n-style",
    start: { kind: "button" },
    countdown_s: 30,
  });
});

test("a time is offered that is still to come, and is told as a moment", () => {
  const draft = { ...newDraft(KNOWN, NOON), start: "at" as const };
  expect(draft.time).toBe("12:30");
  expect(settingsOf(draft, NOON)?.start).toEqual({ kind: "at", at_ms: nextMoment("12:30", NOON) });
  expect(settingsOf({ ...draft, time: "" }, NOON)).toBeNull();
});

test("a room of a scenario is edited as what the scenario is made of", () => {
  const settings = { scenario: "big", start: { kind: "button" as const }, countdown_s: 60 };
  expect(choiceOf(roomOf({ settings }), KNOWN)).toEqual({
    plan: "dome",
    demand: "hot",
    style: "m-style",
  });
  expect(draftOf(roomOf({ settings }), KNOWN, NOON).countdownS).toBe(60);
});
