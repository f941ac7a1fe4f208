import type { Page } from "@playwright/test";
import { expect, passCaptcha, pressAtOpening, reach, test } from "./race";

/** Tabs on until the wanted control has the focus: what cannot be reached so cannot be reached at all. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let pressed = 0; pressed < 60; pressed++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector))
      return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${selector} cannot be reached by Tab`);
}

test("a race is won by keyboard alone, from home to report", async ({ page, start }) => {
  await start();
  await tabTo(page, ".home-words button");
  await page.keyboard.press("Enter");
  await reach(page, "lobby");
  await tabTo(page, ".lobby-press button");
  await pressAtOpening(page, () => page.keyboard.press("Enter"));
  await reach(page, "captcha");
  await passCaptcha(page);
  await reach(page, "sections");
  await expect(page.locator("h1")).toBeFocused();
  await tabTo(page, ".seatmap-places button");
  await page.keyboard.press("Enter");
  await reach(page, "seats");
  await expect(page.locator(".seatmap-places button").first()).toBeAttached();
  await tabTo(page, ".seatmap-places button");
  for (let tried = 0; tried < 30; tried++) {
    await page.keyboard.press("Enter");
    await page.waitForTimeout(500);
    if ((await page.locator("dialog").count()) > 0) await page.keyboard.press("Escape");
    if ((await page.locator(".sheet-seat").count()) > 0) break;
    await page.keyboard.press(tried % 6 === 5 ? "ArrowDown" : "ArrowRight");
  }
  await expect(page.locator(".sheet-seat")).toHaveCount(1);
  await tabTo(page, ".sheet-go button");
  await page.keyboard.press("Enter");
  await reach(page, "price");
  await tabTo(page, ".price-count");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, ".pay-go button[type=submit]");
  await page.keyboard.press("Enter");
  await reach(page, "receipt");
  await tabTo(page, ".input");
  await page.keyboard.type("990101");
  await page.keyboard.press("Enter");
  await reach(page, "payment");
  await tabTo(page, "input[name=method]");
  await page.keyboard.press("Space");
  await tabTo(page, "input[type=checkbox]");
  await page.keyboard.press("Space");
  await tabTo(page, ".pay-go button[type=submit]");
  await page.keyboard.press("Enter");
  await reach(page, "done");
  await tabTo(page, ".done-go button");
  await page.keyboard.press("Enter");
  await reach(page, "report");
  await expect(page.locator(".verdict h1")).toBeFocused();
});
