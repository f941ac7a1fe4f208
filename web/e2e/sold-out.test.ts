/** Where no seat is free: the choice between another race and seats that come back, and what skips the wait. */

import type { Page } from "@playwright/test";
import { focusIsHere, shoot, violations, wordsAreWhole } from "./look";
import { expect, newRace, pressAtOpening, pressLate, raceIdOf, raceOf, reach, test } from "./race";
import { freePlaces } from "./seats";
import { said } from "./words";

/** Goes in when every seat is held by somebody else. */
async function comeLate(page: Page, scenario = "all-held"): Promise<string> {
  const { id } = await newRace(page, scenario);
  await page.goto(`/race/${id}`);
  await reach(page, "lobby");
  await expect.poll(async () => (await raceOf(page, id)).counts.free, { timeout: 40_000 }).toBe(0);
  await pressAtOpening(page);
  await reach(page, "sections");
  await expect(page.locator(".sold-out")).toBeVisible();
  return id;
}

test("who finds no free seat waits for those that come back, and is told when they are there", async ({
  page,
}) => {
  const id = await comeLate(page);
  const { returns_at_ms } = await raceOf(page, id);
  expect(returns_at_ms).toBeGreaterThan(0);
  const text = page.locator(".sold-out .small");
  await expect(text).toContainText(/\d/);
  await wordsAreWhole(page, "sold out");
  expect(await violations(page)).toEqual([]);
  await shoot(page, "choice");
  const buttons = page.locator(".sold-out-go .button");
  await expect(buttons.first()).toHaveText(await said(page, "sold_wait"));
  await buttons.first().click();
  await expect(page.locator(".sold-out b")).toHaveText(await said(page, "sold_waiting"));
  await focusIsHere(page, "waiting for seats");
  // Whoever is alone skips the wait: what is left of it is a few seconds. The hold that ends first may be paid just before,
  // and then one waits for the next.
  const skip = await said(page, "forward_returns");
  await expect(buttons.first()).toHaveText(skip);
  await expect(async () => {
    if (await buttons.first().isVisible()) await buttons.first().click({ timeout: 1_000 });
    await expect(page.locator(".toast p")).toHaveText(await said(page, "sold_said"), {
      timeout: 6_000,
    });
  }).toPass({ timeout: 80_000 });
  await expect(page.locator(".announcer [role=status]")).toHaveText(await said(page, "sold_said"));
  await expect(page.locator(".sold-out")).toHaveCount(0);
  await expect(freePlaces(page).or(page.locator(".seatmap-places button")).first()).toBeAttached();
  const { shifts } = await raceOf(page, id);
  expect(new Set(shifts.map(({ cause }) => cause))).toEqual(new Set(["forward"]));
});

test("where the map is refreshed by hand, seats that come back are told of only once it was", async ({
  page,
}) => {
  const id = await comeLate(page, "all-held-by-hand");
  await expect(page.locator(".sold-out .small")).toContainText(
    new RegExp((await said(page, "sold_by_hand")).source.slice(4, -2)),
  );
  expect(await violations(page)).toEqual([]);
  await shoot(page, "choice");
  await page.locator(".sold-out-go .button").first().click();
  const skip = page.locator(".sold-out-go .button", {
    hasText: await said(page, "forward_returns"),
  });
  await skip.click();
  // Seats are free again, and nothing says so.
  await expect
    .poll(async () => (await raceOf(page, id)).counts.free, { timeout: 60_000 })
    .toBeGreaterThan(0);
  await expect(page.locator(".sold-out b")).toHaveText(await said(page, "sold_waiting"));
  await expect(page.locator(".toast p")).toHaveCount(0);
  await shoot(page, "waiting");
  await page.locator(".map-by-hand .button").click();
  await expect(page.locator(".toast p")).toHaveText(await said(page, "sold_said"));
  await expect(page.locator(".sold-out")).toHaveCount(0);
  await shoot(page, "returned");
});

test("who finds no free seat is in the next race in one press, and has left the one before", async ({
  page,
}) => {
  const id = await comeLate(page);
  await page.locator(".sold-out-go .button").last().click();
  await page.waitForURL((url) => !url.pathname.includes(id));
  await reach(page, "lobby");
  expect(raceIdOf(page)).not.toBe(id);
  await expect.poll(async () => (await raceOf(page, id)).over).toBe(true);
});

test("who is alone in a queue skips to the own turn", async ({ page }) => {
  const { id } = await newRace(page, "long-queue");
  await page.goto(`/race/${id}`);
  await pressLate(page, id);
  const skip = page.locator(".queue-rest .button").first();
  await expect(skip).toHaveText(await said(page, "forward_turn"));
  await skip.click();
  await reach(page, "captcha");
});

test("the lobby says how long a race lasts and when it ends", async ({ page, open }) => {
  await open("long-lobby");
  await expect(
    page.locator(".lobby-study p", { hasText: /15/ }).filter({ hasText: /\d\d:\d\d:\d\d/ }),
  ).toHaveText(await said(page, "lobby_ends"));
});
