/** What a test does by keyboard alone: what cannot be reached by Tab cannot be reached at all. */

import type { Page } from "@playwright/test";
import { expect, reach } from "./race";
import { chosenSeats } from "./seats";

/** What has the focus is on the screen, nothing lies over it, and something around it shows where one is. */
export async function focusShows(page: Page): Promise<void> {
  const fault = () =>
    page.evaluate(() => {
      const here = document.activeElement;
      if (!here || here === document.body) return "no focus";
      if (!here.matches(":focus-visible")) return `${here.outerHTML.slice(0, 80)} is not shown`;
      const around = [here, here.parentElement].filter((one) => one !== null);
      const isRinged = around.some((one) => getComputedStyle(one).outlineStyle !== "none");
      if (!isRinged) return `${here.outerHTML.slice(0, 80)} has no ring`;
      const { left, top, width, height } = here.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      const isHere = hit !== null && (here.contains(hit) || hit.closest("label")?.contains(here));
      return isHere ? "" : `${here.outerHTML.slice(0, 80)} is covered`;
    });
  await expect.poll(fault).toBe("");
}

/** Goes to a control by Tab, sees that it shows, and presses it. */
export async function pressByKey(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  await focusShows(page);
  // What commits takes no press until it has been seen.
  await expect(page.locator("[data-fresh]")).toHaveCount(0);
  await page.keyboard.press("Enter");
}

export async function tabTo(page: Page, selector: string): Promise<void> {
  // On a busy machine the page that has it may still be on its way.
  await expect(page.locator(selector).first()).toBeAttached();
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
export async function payByKeys(page: Page, purse: "card" | "points" = "card"): Promise<void> {
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
  // With points there is no method to choose.
  if (purse === "card") {
    await tabTo(page, "input[name=method]");
    await page.keyboard.press("Space");
  }
  await tabTo(page, "input[type=checkbox]");
  await page.keyboard.press("Space");
  await tabTo(page, ".pay-go button[type=submit]");
  await page.keyboard.press("Enter");
  await arrive(page, "done");
}
