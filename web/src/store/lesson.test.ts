// Tests of the lesson that is kept.
import { expect, test } from "vitest";
import { lessonOf } from "./lesson";

test("a lesson that was kept comes back", () => {
  expect(lessonOf("slow-captcha 2100")).toEqual({ kind: "slow-captcha", lostMs: 2100 });
});

test("nothing, nonsense and another version's words are no lesson", () => {
  for (const kept of [
    null,
    "",
    "none 0",
    "slow-captcha",
    "slow-captcha x",
    "slow-captcha -1",
    "dawdled 5",
  ])
    expect(lessonOf(kept), String(kept)).toBeNull();
});
