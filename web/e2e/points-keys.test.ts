/** A booking with points by keyboard alone, from the log-in to the refund. */

import type { Page } from "@playwright/test";
import { identify, meOf, newOpening, test } from "./accounts";
import { arrive, chooseByKeys, focusShows, payByKeys, pressByKey, tabTo } from "./keys";
import { focusIsHere, violations } from "./look";
import { expect, passCaptcha, pressAtOpening, reach } from "./race";
import { chosenSeats } from "./seats";
import { concertOf, settled } from "./shows";

test.slow();

async function isFine(page: Page, name: string): Promise<void> {
  await focusIsHere(page, name);
  expect(await violations(page), name).toEqual([]);
}

/** From one's own page to the page of a concert, by the search. */
async function findByKeys(page: Page, concert: string): Promise<void> {
  const { title } = (await concertOf(page, concert)).card;
  await pressByKey(page, '.nav a[href="/shows"]');
  await settled(page);
  await isFine(page, "shows");
  await pressByKey(page, ".show-search-link");
  await settled(page);
  await tabTo(page, "input[type=search]");
  await page.keyboard.type(title);
  await page.keyboard.press("Enter");
  await expect(page.locator(".show-card-title")).toHaveText([title]);
  await isFine(page, "search");
  await pressByKey(page, `.show-card-link[href="/concerts/${concert}"]`);
  await settled(page);
  await isFine(page, "concert");
}

test("a booking with points by keyboard alone: log-in, sale, ticket, cancel and refund", async ({
  page,
  browser,
  server,
}) => {
  await page.goto("/me");
  await pressByKey(page, ".log-in .button");
  await identify(page, `keys-${test.info().project.name}`);
  await page.waitForURL(/\/me$/);
  await expect(page.locator(".points-balance")).toHaveText("10,000,000P");
  await findByKeys(page, await newOpening(browser, server, false));

  await pressByKey(page, ".opening-go > .button");
  await reach(page, "lobby");
  await tabTo(page, ".lobby-press button");
  await focusShows(page);
  await pressAtOpening(page, () => page.keyboard.press("Enter"));
  await passCaptcha(page);
  await arrive(page, "sections");
  await tabTo(page, ".seatmap-places button");
  await page.keyboard.press("Enter");
  await reach(page, "seats");
  await tabTo(page, ".seatmap-places button");
  await chooseByKeys(page);
  await expect(chosenSeats(page)).toHaveCount(1);
  await payByKeys(page, "points");
  const paid = 10_000_000 - ((await meOf(page)).points_won ?? 0);
  expect(paid).toBeGreaterThan(0);
  await isFine(page, "done");

  await pressByKey(page, ".done-go .button:nth-child(2)");
  await expect(page.locator(".ticket .qr svg")).toBeVisible();
  await isFine(page, "ticket");
  await pressByKey(page, ".booking-page .account-go .button");
  await expect(page.locator(".cancel-sums dd")).toHaveCount(3);
  await isFine(page, "cancel");
  await pressByKey(page, "dialog .button");
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(page.locator(".ticket[data-cancelled]")).toHaveCount(1);
  await isFine(page, "cancelled");
  await expect.poll(async () => (await meOf(page)).points_won).toBe(10_000_000);
  await pressByKey(page, ".booking-page .concert-back");
  await settled(page);
  await expect(page.locator(".points-balance")).toHaveText("10,000,000P");
  await expect(page.locator(".points-entry")).toHaveCount(3);
  await isFine(page, "refunded");
});
