/** The report as a coach: the verdict with its proof, other times tried out, and the exercise against it. */

import type { Page, Route } from "@playwright/test";
import type { Report, WhatIfAnswer } from "../src/api/types";
import { shoot, violations, wordsAreWhole } from "./look";
import {
  expect,
  leave,
  newRace,
  pressAtOpening,
  pressLate,
  raceIdOf,
  reach,
  reportOf,
  test,
} from "./race";
import { said } from "./words";

test.use({ contextOptions: { reducedMotion: "reduce" } });

/** The report of a race that sold out while one waited. */
async function loseRace(page: Page): Promise<Report> {
  const { id } = await newRace(page, "selling-out");
  await page.goto(`/race/${id}`);
  await pressAtOpening(page);
  await reach(page, "done");
  await page.locator(".done-go button").first().click();
  await reach(page, "report");
  await expect(page.locator(".verdict h1")).toBeVisible();
  return reportOf(page, raceIdOf(page));
}

const sliders = (page: Page) => page.locator(".slider input");
const then = (page: Page) => page.locator(".whatif-said");

/** An answer with a place to be told by. */
function answerOf(report: Report, place: number, chance: WhatIfAnswer["chance"]): WhatIfAnswer {
  return {
    changes: [{ step: "press", from_ms: 900, to_ms: 500, pace: "chosen" }],
    outcome: { ...report.outcome, place, free_on_admission: 7 },
    gain: "place",
    assumed: ["paid"],
    chance,
  };
}

test("a lost race begins with its verdict and the proof, and one tap leads into the exercise against it", async ({
  page,
  open,
}) => {
  const id = await open("long-queue");
  await pressLate(page, id);
  await leave(page);
  await reach(page, "done");
  await page.locator(".done-go button").first().click();
  await reach(page, "report");
  const { verdict, what_ifs } = await reportOf(page, id);
  // Whoever leaves a queue after a moment leaves it in a what-if as well: an earlier press gives a better place then.
  expect(verdict).toMatchObject({ kind: "better", step: "press", fault: "late-press" });
  const proof = what_ifs[verdict.what_if ?? -1];
  expect(proof?.changes.map(({ step }) => step)).toEqual(["press"]);
  // The same place and seats in the sentence and in the table.
  const told = [proof?.outcome.place ?? -1, proof?.outcome.free_on_admission ?? null];
  const figures = told.flatMap((value) => (value === null ? [] : [value.toLocaleString("en-US")]));
  for (const figure of figures) {
    await expect(page.locator(".verdict h1")).toContainText(figure);
    await expect(page.locator(".verdict .proof")).toContainText(figure);
  }
  expect(await violations(page)).toEqual([]);
  await wordsAreWhole(page, "report of a lost race");
  await shoot(page, "verdict");
  const train = page.locator(".verdict .train .button");
  await expect(train).toHaveText(await said(page, "train_press"));
  await train.click();
  await reach(page, "lobby");
  expect(raceIdOf(page)).not.toBe(id);
});

test("a page that carried the press slowly is blamed, and not the press", async ({ page }) => {
  const { id } = await newRace(page, "long-queue");
  await page.route("**/enter", async (route) => {
    await new Promise((done) => setTimeout(done, 3_000));
    await route.continue();
  });
  await page.goto(`/race/${id}`);
  await pressAtOpening(page);
  await reach(page, "queue");
  await leave(page);
  await reach(page, "done");
  await page.locator(".done-go button").first().click();
  await reach(page, "report");
  const { verdict } = await reportOf(page, id);
  expect(verdict).toMatchObject({ fault: "slow-page", step: "placed" });
  await expect(page.locator(".verdict-more").first()).toHaveText(
    await said(page, "verdict_slow_page"),
  );
  // Nobody trains a line.
  await expect(page.locator(".verdict .train")).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  await wordsAreWhole(page, "a slow page");
  await shoot(page, "verdict");
});

test("sliders are moved by keys, and the last answer is the one that is shown", async ({
  page,
}) => {
  const report = await loseRace(page);
  const asked: string[] = [];
  const held: Route[] = [];
  let isHeld = true;
  const tell = (route: Route) => {
    const query = new URL(route.request().url()).searchParams;
    const place = 10 + asked.indexOf(query.toString());
    return route.fulfill({ json: answerOf(report, place, null) });
  };
  await page.route("**/what-if?*", (route) => {
    asked.push(new URL(route.request().url()).searchParams.toString());
    return isHeld ? void held.push(route) : tell(route);
  });
  const press = sliders(page).first();
  await press.focus();
  const before = await press.getAttribute("aria-valuetext");
  await expect(then(page)).toHaveText(await said(page, "whatif_real"));
  for (let key = 0; key < 5; key++) await page.keyboard.press("ArrowRight");
  await expect(press).not.toHaveAttribute("aria-valuetext", before ?? "");
  await expect(page.locator(".whatif-progress")).toBeVisible();
  await expect.poll(() => held.length).toBe(1);
  // Moved on while the first is under way: one question at a time, and only the last is asked besides.
  for (let key = 0; key < 5; key++) await page.keyboard.press("ArrowRight");
  isHeld = false;
  const [first] = held;
  if (!first) throw new Error("unreachable");
  await tell(first);
  await expect(then(page)).toContainText("11");
  expect(asked.length).toBe(2);
  expect(asked.every((query) => /^press_ms=\d+$/.test(query))).toBe(true);
  await expect(page.locator(".whatif-then .proof")).toBeVisible();
  await expect(press).toBeFocused();
  expect(await violations(page)).toEqual([]);
  await wordsAreWhole(page, "sliders");
  await shoot(page, "sliders");
  // Back to one's own time there is nothing to ask.
  await page.locator(".whatif-go button").last().click();
  await expect(then(page)).toHaveText(await said(page, "whatif_real"));
  await expect(press).toHaveAttribute("aria-valuetext", before ?? "");
  expect(asked.length).toBe(2);
});

test("too many questions are waited for, a lost one can be asked again, and chance is told with its runs", async ({
  page,
}) => {
  const report = await loseRace(page);
  let refusals = 5;
  let windows = 2;
  let isLost = false;
  await page.route("**/what-if?*", (route) => {
    if (isLost) return route.abort();
    if (refusals-- > 0) {
      const body = { type: "about:blank", title: "", status: 429, code: "too-much-work" };
      return route.fulfill({ status: 429, json: { ...body, retry_after_ms: 100 } });
    }
    if (windows-- > 0) {
      // Another window of the same person asked since.
      const body = { type: "about:blank", title: "", status: 409, code: "superseded" };
      return route.fulfill({ status: 409, json: { ...body, retry_after_ms: 100 } });
    }
    const crowds = Number(new URL(route.request().url()).searchParams.get("crowds") ?? 0);
    const chance = crowds > 0 ? { paid: 13, runs: crowds } : null;
    return route.fulfill({ json: answerOf(report, 42, chance) });
  });
  await sliders(page).first().focus();
  await page.keyboard.press("PageUp");
  await expect(then(page)).toContainText("42");
  await expect(page.locator(".whatif-chance")).toHaveCount(0);
  await page.locator(".whatif-go button").first().click();
  await expect(page.locator(".whatif-chance")).toHaveText(/13/);
  await expect(page.locator(".whatif-chance")).toHaveText(/20/);
  isLost = true;
  await page.keyboard.press("Tab");
  await sliders(page).first().focus();
  await page.keyboard.press("PageUp");
  const again = page.locator(".whatif-progress button");
  await expect(again).toBeVisible({ timeout: 30_000 });
  expect(await violations(page)).toEqual([]);
  isLost = false;
  await again.click();
  await expect(page.locator(".whatif-progress")).toHaveCount(0);
  await expect(then(page)).toContainText("42");
});
