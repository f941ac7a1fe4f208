/** One's times: nothing at first, then the best and the usual of each step of each hall, and of exercises. */

import type { Page } from "@playwright/test";
import { begin, DO, progressOf } from "./exercises";
import { focusIsHere, shoot, violations, wordsAreWhole } from "./look";
import { expect, newRace, raceOf, test } from "./race";
import { said } from "./words";

const RUNS = 10;

/** A race as far as into the queue, without a page: the quickest there is. */
async function run(page: Page, scenario: string): Promise<void> {
  const { id } = await newRace(page, scenario);
  await expect.poll(async () => (await raceOf(page, id)).stage).toBe("open");
  for (const command of ["enter", "leave"]) {
    const answer = await page.request.post(`/api/races/${id}/${command}`, {
      data: {},
      headers: { "Idempotency-Key": `${command}-${id}` },
    });
    expect(answer.status(), await answer.text()).toBe(200);
  }
  await expect.poll(async () => (await raceOf(page, id)).over).toBe(true);
}

test("whoever has no times yet is told how to get some", async ({ page, start }) => {
  await start();
  await page.locator(".home-head a").click();
  await page.waitForURL(/\/progress$/);
  await expect(page.locator("h1")).toBeFocused();
  await expect(page.locator(".progress-empty")).toContainText(await plain(page));
  await wordsAreWhole(page, "progress without times");
  expect(await violations(page)).toEqual([]);
  await shoot(page, "empty");
  await page.locator(".progress-empty .button").click();
  await expect(page.locator(".home-words")).toBeVisible();
});

const plain = async (page: Page) =>
  new RegExp((await said(page, "progress_empty")).source.slice(4, -2));

test("after ten runs the page shows ten times, the best and the usual, apart for each hall", async ({
  page,
  start,
}) => {
  // The first answer names the guest that all races belong to.
  await start();
  // One after the other: a server gives up the races of a guest who begins too many.
  for (const scenario of ["by-hand", ...Array<string>(RUNS).fill("calm")])
    await run(page, scenario);
  await page.reload();
  await begin(page, "captcha");
  await DO.captcha(page);
  await page.locator(".exercise-ways .button").last().click();
  await page.waitForURL(/\/progress$/);
  const { halls, exercises } = await progressOf(page);
  expect(halls.map(({ runs }) => runs).sort((a, b) => a - b)).toEqual([1, RUNS]);
  expect(exercises.map(({ exercise }) => exercise)).toEqual(["captcha"]);
  const hall = page.locator(".progress-hall");
  await expect(hall).toHaveCount(2);
  const many = hall.filter({ has: page.locator(".last-ten-seat:nth-of-type(10)") }).first();
  const placed = halls.find(({ runs }) => runs === RUNS)?.steps.find(({ key }) => key === "placed");
  expect(placed?.last).toHaveLength(RUNS);
  expect(placed?.best_ms).toBeLessThanOrEqual(placed?.usual_ms ?? 0);
  await expect(many.locator(".last-ten").first().locator(".last-ten-seat")).toHaveCount(RUNS);
  await focusIsHere(page, "progress");
  await wordsAreWhole(page, "progress");
  expect(await violations(page)).toEqual([]);
  await shoot(page, "times");
  await expect(many.locator(".time-days").first()).toHaveText(/\d/);
  // The report of the last of them shows the ten of its hall, and none of another.
  const last = halls.find(({ runs }) => runs === RUNS)?.last ?? [];
  await page.goto(`/race/${last[0]?.race}/report`);
  const recents = page.locator(".recent");
  await expect(recents).toHaveCount(RUNS);
  await expect(recents.last()).toHaveAttribute("aria-current", "page");
  await recents.first().scrollIntoViewIfNeeded();
  await shoot(page, "recents");
  await page.locator(".report-part .button").last().click();
  // From one's times the exercise begins anew, in one press.
  await page.locator(".time .button").click();
  await page.waitForURL(/\/captcha$/);
});
