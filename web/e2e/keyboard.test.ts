/** Everything by keyboard alone: what cannot be reached by Tab cannot be reached at all. */

import type { Page } from "@playwright/test";
import { focusIsHere } from "./look";
import { expect, passCaptcha, pressAtOpening, reach, test } from "./race";
import { chosenSeats } from "./seats";
import { languageOf } from "./words";

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let pressed = 0; pressed < 60; pressed++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector))
      return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${selector} cannot be reached by Tab`);
}

/** The step has come, and the focus with it. */
async function arrive(page: Page, step: string): Promise<void> {
  await reach(page, step);
  await expect(page.locator("h1")).toBeFocused();
}

/** A seat as a reader hears it: where it is, what it is, what it costs, and whether it can be had. */
const SEAT_NAMES = {
  ko: /^\d층 [A-C]구역 \d+열 \d+번, (VIP|R|S|A)석, \d+,000원, 선택 가능$/,
  en: /^Level \d [A-C], row \d+, seat \d+, (VIP|R|S|A)[^,]*, ₩\d+,000, available$/,
  ja: /^\d階/,
};

/** Enter on one seat after the other until one is held. */
async function chooseByKeys(page: Page): Promise<void> {
  const clash = page.locator("dialog");
  for (let tried = 0; tried < 20; tried++) {
    const focused = page.locator(".seatmap-places button:focus");
    await expect(focused).toBeAttached();
    if ((await focused.getAttribute("aria-disabled")) === "true") {
      // N goes to the next seat that is free.
      await page.keyboard.press("n");
    } else {
      const answered = page.waitForResponse(/\/hold$/);
      await page.keyboard.press("Enter");
      await answered;
      await expect(chosenSeats(page).or(clash).first()).toBeVisible();
      if ((await clash.count()) === 0) return;
      await page.keyboard.press("Escape");
      await expect(clash).toHaveCount(0);
      await page.keyboard.press(tried % 6 === 5 ? "ArrowDown" : "ArrowRight");
    }
  }
  throw new Error("every seat was taken first");
}

test("a race is won by keyboard alone, from home to report", async ({ page, start }) => {
  await start();
  await tabTo(page, ".home-words button");
  await page.keyboard.press("Enter");
  await arrive(page, "lobby");
  await tabTo(page, ".lobby-press button");
  await pressAtOpening(page, () => page.keyboard.press("Enter"));
  await reach(page, "captcha");
  await passCaptcha(page);
  await arrive(page, "sections");
  await tabTo(page, ".seatmap-places button");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await reach(page, "seats");
  await focusIsHere(page, "seats");
  // Escape goes back to the sections, and the way in is where one left it.
  await tabTo(page, ".seatmap-places button");
  await page.keyboard.press("Escape");
  await reach(page, "sections");
  await focusIsHere(page, "sections again");
  await tabTo(page, ".seatmap-places button");
  await page.keyboard.press("Enter");
  await reach(page, "seats");
  await tabTo(page, ".seatmap-places button");
  const free = page.locator(".seatmap-places button:not([aria-disabled]):not([aria-pressed=true])");
  await expect(free.first()).toHaveAccessibleName(SEAT_NAMES[await languageOf(page)]);
  await chooseByKeys(page);
  await expect(chosenSeats(page)).toHaveCount(1);
  await tabTo(page, ".sheet-go button");
  await page.keyboard.press("Enter");
  await arrive(page, "price");
  await tabTo(page, ".price-count");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, ".pay-go button[type=submit]");
  await page.keyboard.press("Enter");
  await arrive(page, "receipt");
  await tabTo(page, ".input");
  await page.keyboard.type("990101");
  await page.keyboard.press("Enter");
  await arrive(page, "payment");
  await tabTo(page, "input[name=method]");
  await page.keyboard.press("Space");
  await tabTo(page, "input[type=checkbox]");
  await page.keyboard.press("Space");
  await tabTo(page, ".pay-go button[type=submit]");
  await page.keyboard.press("Enter");
  await arrive(page, "done");
  await tabTo(page, ".done-go button");
  await page.keyboard.press("Enter");
  await reach(page, "report");
  await expect(page.locator(".verdict h1")).toBeFocused();
});
