/** One sale in which everybody stands: one seat and three people, a booking and its cancel, and all of it by keyboard. */

import type { Page } from "@playwright/test";
import { arrive, chooseByKeys, payByKeys, tabTo } from "./keys";
import { enterFrom, House, type MadeOpening } from "./openings";
import { expect, passCaptcha, payByPointer, pressAtOpening, raceIdOf, reach, test } from "./race";
import {
  chooseSeat,
  chosenSeats,
  findShownFree,
  openSection,
  placeCalled,
  tapSeat,
  truth,
} from "./seats";
import { settled } from "./shows";
import { said } from "./words";

test.slow();

/** From the concert's page to the seats of the first section. */
async function goIn(page: Page, opening: MadeOpening): Promise<void> {
  await enterFrom(page, opening);
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page);
}

test("of three people who press one seat of an opening one gets it, and the others are told of the conflict", async ({
  browser,
}) => {
  const house = new House(browser);
  await house.open();
  const opening = await house.opening({ title: "한 좌석", style: "stale-map", opensInS: 5 });
  const people = await Promise.all([1, 2, 3].map(() => house.person()));
  const pages = people.map(({ page }) => page);
  for (const page of pages) await goIn(page, opening);
  const [first] = pages;
  if (!first) throw new Error("unreachable");
  expect(new Set(pages.map(raceIdOf)).size).toBe(1);
  const { name, seat } = await findShownFree(first, raceIdOf(first), "free");
  await Promise.all(
    pages.map((page) =>
      tapSeat(page, placeCalled(page, name), chosenSeats(page).or(page.locator("dialog"))),
    ),
  );
  const winners = await Promise.all(pages.map((page) => chosenSeats(page).count()));
  expect(winners.filter((count) => count === 1)).toHaveLength(1);
  for (const [index, page] of pages.entries()) {
    if (winners[index] === 1) continue;
    const dialog = page.getByRole("alertdialog");
    await expect(dialog).toHaveAccessibleName(await said(page, "seats_taken_title_plain"));
    await expect(dialog).toHaveAccessibleDescription(new RegExp(name));
  }
  expect((await truth(first, raceIdOf(first)))[seat]).not.toBe(0);
  await house.close();
});

test("O37: what is paid in an opening stands among one's bookings, and a cancel asks first and frees its seat", async ({
  browser,
}) => {
  const house = new House(browser);
  await house.open();
  const opening = await house.opening({ title: "예매와 취소", style: "n-style", opensInS: 3 });
  const [{ page }, { page: other }] = [await house.person(), await house.person()];
  await goIn(page, opening);
  const race = raceIdOf(page);
  const { seat } = await chooseSeat(page);
  await page.locator(".sheet-go button").click();
  await payByPointer(page);
  // There is no other race like it: the way on is the concert's page.
  await page.locator(".done-go .button").last().click();
  await expect(page).toHaveURL(new RegExp(`/concerts/${opening.concert}\\?performance=\\d+$`));
  await page.locator('.nav a[href="/me"]').click();
  const booking = page.locator(".booking");
  await expect(booking).toHaveCount(1);
  await expect(booking).toContainText("예매와 취소");
  const sign = page.locator(".show-sign").first();
  await expect(sign).toHaveText(await said(page, "booking_live"));
  await goIn(other, opening);
  expect(raceIdOf(other)).toBe(race);
  expect((await truth(other, race))[seat]).not.toBe(0);
  await booking.locator("a").click();
  const cancel = page.locator("main button", { hasText: await said(page, "booking_cancel") });
  await cancel.click();
  await expect(page.locator("dialog")).toBeVisible();
  // A press alone cancels nothing: whoever says no keeps it.
  await page.locator("dialog button").last().click();
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(sign).toHaveText(await said(page, "booking_live"));
  expect((await truth(other, race))[seat]).not.toBe(0);
  // A press so soon after another one at the same place is its second half, and is not counted.
  await expect(async () => {
    await cancel.click();
    await expect(page.locator("dialog")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.locator("dialog button").first().click();
  await expect(sign).toHaveText(await said(page, "booking_cancelled"));
  await expect.poll(async () => (await truth(other, race))[seat]).toBe(0);
  await page.goto("/me");
  await expect(booking.locator(".show-sign").first()).toHaveText(
    await said(page, "booking_cancelled"),
  );
  await house.close();
});

test("by keyboard alone one searches a concert, likes it, waits for its opening, and books a seat", async ({
  browser,
}) => {
  const house = new House(browser);
  await house.open();
  const opening = await house.opening({ title: "달무리의 밤", style: "n-style", opensInS: 40 });
  const { page } = await house.person();
  await page.goto("/");
  await tabTo(page, '.nav a[href="/shows"]');
  await page.keyboard.press("Enter");
  await tabTo(page, ".show-search-link");
  await page.keyboard.press("Enter");
  await tabTo(page, ".search-words input");
  await page.keyboard.type("ㄷㅁㄹ");
  // What is found comes anew with each letter.
  await expect(page).toHaveURL(/words=%E3%84%B7%E3%85%81%E3%84%B9/);
  await settled(page);
  const link = `.show-card-link[href="/concerts/${opening.concert}"]`;
  await expect(page.locator(link)).toBeVisible();
  await tabTo(page, link);
  await page.keyboard.press("Enter");
  await expect(page.locator(".concert h1")).toBeFocused();
  await tabTo(page, ".concert .show-like");
  await page.keyboard.press("Space");
  await expect(page.locator(".concert .show-like")).toHaveAttribute("aria-pressed", "true");
  await tabTo(page, ".opening-go .button");
  await page.keyboard.press("Enter");
  await arrive(page, "lobby");
  await tabTo(page, ".lobby-press button");
  await expect(page.locator(".lobby-press button:not([aria-disabled=true])")).toBeVisible({
    timeout: 60_000,
  });
  await pressAtOpening(page, () => page.keyboard.press("Enter"));
  await passCaptcha(page);
  await arrive(page, "sections");
  await tabTo(page, ".seatmap-places button");
  await page.keyboard.press("Enter");
  await reach(page, "seats");
  await tabTo(page, ".seatmap-places button");
  await chooseByKeys(page);
  await payByKeys(page);
  await expect(page.locator(".done-facts")).toBeVisible();
  await house.close();
});
