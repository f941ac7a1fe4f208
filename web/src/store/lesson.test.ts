// Tests of the lesson that is kept.
import { expect, test } from "vitest";
import { exercisesOf, lessonOf } from "./lesson";

test("a lesson that was kept comes back, with the exercise of its step", () => {
  expect(lessonOf("slow-captcha captcha m-style")).toEqual({
    fault: "slow-captcha",
    exercise: "captcha",
    style: "m-style",
  });
  const conflicts = { fault: "conflicts", exercise: "conflict", style: null };
  expect(lessonOf("conflicts held")).toEqual(conflicts);
});

test("a lesson about something that nobody does by hand has no exercise", () => {
  expect(lessonOf("slow-page placed")).toMatchObject({ fault: "slow-page", exercise: null });
  expect(lessonOf("slow-page press")).toMatchObject({ fault: "slow-page", exercise: null });
  expect(lessonOf("refresh ")).toMatchObject({ fault: "refresh", exercise: null });
});

test("nothing, nonsense and another version's words are no lesson", () => {
  for (const kept of [null, "", "none ", "slow-captcha", "dawdled press"])
    expect(lessonOf(kept), String(kept)).toBeNull();
  // A figure stood where the step stands.
  expect(lessonOf("slow-captcha 2100")).toMatchObject({ fault: "slow-captcha", exercise: null });
});

test("a slow first seat is trained by picking seats or by finding a section, and two steps by what is of each", () => {
  expect(exercisesOf(["first-seat"])).toEqual(["seats", "section"]);
  expect(exercisesOf(["press", "paid"])).toEqual(["press", "pay"]);
  expect(exercisesOf(["press", "press", "admitted"])).toEqual(["press"]);
  expect(exercisesOf(["press"], "slow-page")).toEqual([]);
});
