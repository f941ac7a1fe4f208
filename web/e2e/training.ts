/** A way through the screens of exercises and of one's times, stopping at each. */

import type { Page } from "@playwright/test";
import { begin, DO } from "./exercises";
import { expect, reach } from "./race";
import type { Visit } from "./walk";

export async function walkTraining(page: Page, look: Visit): Promise<void> {
  const visit: Visit = async (screen) => {
    await expect(page.locator("[data-fresh]")).toHaveCount(0);
    await look(screen);
  };
  await page.goto("/progress");
  await expect(page.locator(".progress-empty")).toBeVisible();
  await visit("times");
  await page.goto("/");
  await begin(page, "press");
  await DO.press(page);
  await reach(page, "done");
  await expect(page.locator(".exercise-parts")).toBeVisible();
  await visit("score");
  await page.goto("/progress");
  await expect(page.locator(".time")).toHaveCount(1);
  await visit("times");
}
