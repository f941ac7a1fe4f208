/** What a test does by keyboard alone: what cannot be reached by Tab cannot be reached at all. */

import type { Page } from "@playwright/test";
import { expect, reach } from "./race";
import { chosenSeats } from "./seats";

export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let pressed = 0; pressed < 80; pressed++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector))
      return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${selector} cannot be reached by Tab`);
}

/** The step has come, and the focus with it. */
export async function arrive(page: Page, step: string): Promise<void> {
  await reach(page, step);
  await expect(page.locator("h1")).toBeFocused();
}

/** Enter on one seat after the other until one is held. */
export async function chooseByKeys(page: Page): Promise<void> {
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

/** From the chosen seat to the end. */
export async function payByKeys(page: Page): Promise<void> {
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
}
