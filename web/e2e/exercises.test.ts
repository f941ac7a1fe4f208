/** Exercises of twenty seconds: from the first page to the score and on to the next, and the times that are kept. */

import type { Page } from "@playwright/test";
import type { Exercise } from "../src/api/training-types";
import { EXERCISES } from "../src/store/exercises";
import { begin, DO, runOf } from "./exercises";
import { focusIsHere, shoot, violations, wordsAreWhole } from "./look";
import {
  expect,
  leave,
  newRace,
  pressAtOpening,
  raceIdOf,
  raceOf,
  reach,
  reportOf,
  test,
} from "./race";
import { type Key, said } from "./words";

const GOALS: Record<Exercise, Key> = {
  press: "exercise_press_goal",
  captcha: "exercise_captcha_goal",
  section: "exercise_section_goal",
  seats: "exercise_seats_goal",
  conflict: "exercise_conflict_goal",
  pay: "exercise_pay_goal",
};

for (const exercise of EXERCISES)
  test(`the exercise ${exercise} from the first page, in one press, to its score and the next`, async ({
    page,
    start,
  }) => {
    await start();
    const id = await begin(page, exercise);
    await expect(page.locator(".goal > p").first()).toHaveText(await said(page, GOALS[exercise]));
    await expect(page.locator(".goal-left")).toHaveText(/[12]?\d\.\d/);
    await focusIsHere(page, exercise);
    await shoot(page, "begin");
    await DO[exercise](page);
    await reach(page, "done");
    const heading = page.locator(".exercise-end h1");
    const title = exercise === "press" ? "exercise_pressed" : "exercise_done";
    await expect(heading).toHaveText(await said(page, title));
    await expect(heading).toBeFocused();
    await wordsAreWhole(page, `the score of ${exercise}`);
    expect(await violations(page)).toEqual([]);
    await shoot(page, "end");
    const { took_ms, press } = await runOf(page, id);
    expect(took_ms).toBeGreaterThan(0);
    expect(took_ms).toBeLessThan(20_000);
    await expect(page.locator(".exercise-parts dd")).toHaveCount(exercise === "press" ? 3 : 0);
    if (exercise === "press") expect(press?.reaction_ms).toBeGreaterThan(0);
    await expect(page.locator(".last-ten-seat")).toHaveCount(1);
    // Once more, in one press, is another race.
    await page.locator(".done-go .button").first().click();
    await page.waitForURL((url) => !url.pathname.includes(id));
    expect((await raceOf(page, raceIdOf(page))).exercise).toBe(exercise);
  });

test("an exercise that is left is kept as not reached, and leads home", async ({ page, start }) => {
  await start();
  const id = await begin(page, "pay");
  // Nobody is asked twice: an exercise costs nothing.
  await page.locator(".frame-tools > button").last().click();
  await reach(page, "done");
  await expect(page.locator(".exercise-end h1")).toHaveText(await said(page, "exercise_missed"));
  await expect(page.locator(".exercise-end .soft").first()).toHaveText(
    await said(page, "exercise_left_text"),
  );
  expect((await runOf(page, id)).took_ms).toBeNull();
  await page.locator(".exercise-ways .button").first().click();
  await expect(page.locator(".home-words")).toBeVisible();
  // What one practised is no race among the last runs.
  await expect(page.locator(".runs .run")).toHaveCount(0);
});

test("a page that is loaded anew goes on with the exercise where it stood", async ({
  page,
  start,
}) => {
  await start();
  const id = await begin(page, "pay");
  await page.reload();
  await reach(page, "price");
  await expect(page.locator(".goal-left")).toBeVisible();
  expect(raceIdOf(page)).toBe(id);
  expect((await raceOf(page, id)).you.kind).toBe("inside");
});

/** A race in another style than the first, given up at the map, at its report. */
async function reportByHand(page: Page): Promise<string> {
  const { id } = await newRace(page, "by-hand");
  // What decides such a run is chance: the report is told to blame the first seat.
  await page.route(`**/api/races/${id}/report`, async (route) => {
    const report = await reportOf(page, id);
    const verdict = { kind: "better", step: "first-seat", fault: "slow-choice", what_if: null };
    await route.fulfill({ json: { ...report, verdict, what_ifs: [] } });
  });
  await page.goto(`/race/${id}`);
  await pressAtOpening(page);
  await reach(page, "captcha");
  await leave(page);
  await reach(page, "done");
  await page.locator(".done-go .button").first().click();
  await reach(page, "report");
  return id;
}

test("an exercise that is begun from a report is in its style, and leads back to it", async ({
  page,
}) => {
  const id = await reportByHand(page);
  // A slow first seat is trained by picking seats, or by finding a section.
  const train = page.locator(".verdict .train .button");
  await expect(train).toHaveText([
    await said(page, "train_seats"),
    await said(page, "train_section"),
  ]);
  await expect(page.locator("[data-fresh]")).toHaveCount(0);
  await train.last().click();
  await reach(page, "sections");
  const exercise = await raceOf(page, raceIdOf(page));
  expect(exercise).toMatchObject({ exercise: "section", style: { name: "m-style" } });
  await page.locator(".frame-tools > button").last().click();
  await reach(page, "done");
  const back = page.locator(".exercise-ways .button").first();
  await expect(back).toHaveText(await said(page, "exercise_back"));
  await back.click();
  await page.waitForURL(new RegExp(`/race/${id}/report$`));
  await expect(page.locator(".verdict h1")).toBeVisible();
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("on the first page exercises are in the style that was raced last, until another is chosen", async ({
  page,
}) => {
  await reportByHand(page);
  await page.goto("/");
  const style = page.locator(".home-head select");
  await expect(style).toHaveValue("m-style");
  expect(await violations(page)).toEqual([]);
  await begin(page, "pay");
  expect((await raceOf(page, raceIdOf(page))).style.name).toBe("m-style");
  await page.locator(".frame-tools > button").last().click();
  await reach(page, "done");
  await page.locator(".exercise-ways .button").first().click();
  await style.selectOption("n-style");
  await begin(page, "pay");
  expect((await raceOf(page, raceIdOf(page))).style.name).toBe("n-style");
  await page.unrouteAll({ behavior: "ignoreErrors" });
});
