// Tests of the lesson that is kept.
import { expect, test } from "vitest";
import { exerciseOf, lessonOf } from "./lesson";

test("a lesson that was kept comes back, with the exercise of its step", () => {
  expect(lessonOf("slow-captcha captcha")).toEqual({ fault: "slow-captcha", exercise: "captcha" });
  expect(lessonOf("conflicts held")).toEqual({ fault: "conflicts", exercise: "conflict" });
});

test("a lesson about something that nobody does by hand has no exercise", () => {
  expect(lessonOf("slow-page placed")).toEqual({ fault: "slow-page", exercise: null });
  expect(lessonOf("refresh ")).toEqual({ fault: "refresh", exercise: null });
  expect(exerciseOf(null)).toBeNull();
});

test("nothing, nonsense and another version's words are no lesson", () => {
  for (const kept of [null, "", "none ", "slow-captcha", "dawdled press"])
    expect(lessonOf(kept), String(kept)).toBeNull();
  // A figure stood where the step stands.
  expect(lessonOf("slow-captcha 2100")).toEqual({ fault: "slow-captcha", exercise: null });
});
