/** Exercises of twenty seconds: from the first page to the score and on to the next, and the times that are kept. */

import type { Exercise } from "../src/api/training-types";
import { EXERCISES } from "../src/store/exercises";
import { begin, DO, runOf } from "./exercises";
import { focusIsHere, shoot, violations, wordsAreWhole } from "./look";
import { expect, leave, newRace, pressAtOpening, raceIdOf, raceOf, reach, test } from "./race";
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

test("an exercise that is begun beside a report leads back to it", async ({ page }) => {
  const { id } = await newRace(page, "calm");
  await page.goto(`/race/${id}`);
  await pressAtOpening(page);
  await reach(page, "captcha");
  await leave(page);
  await reach(page, "done");
  await page.locator(".done-go .button").first().click();
  await reach(page, "report");
  // The report has a button of its own for this; what it calls is the same from everywhere.
  await page.goto("/");
  await begin(page, "pay");
  await page.evaluate((from) => sessionStorage.setItem("tingting.exercise-from", from), id);
  await page.locator(".frame-tools > button").last().click();
  await reach(page, "done");
  const back = page.locator(".exercise-ways .button").first();
  await expect(back).toHaveText(await said(page, "exercise_back"));
  await back.click();
  await page.waitForURL(new RegExp(`/race/${id}/report$`));
});
