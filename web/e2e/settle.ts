/** What a test waits for before it looks: colours that change, and another language. */

import { expect, type Page } from "@playwright/test";
import { drawn } from "./look";
import type { Language } from "./words";

/** Waits until colours have become what they change to; what moves without end is let be. */
export async function settle(page: Page): Promise<void> {
  await drawn(page);
  await page.evaluate(async () => {
    const passing = () =>
      document
        .getAnimations()
        .filter((one) => one.playState === "running")
        .filter((one) => Number(one.effect?.getComputedTiming().endTime) < Infinity);
    // The end of one may begin another.
    for (let all = passing(); all.length > 0; all = passing()) {
      await Promise.allSettled(all.map((one) => one.finished));
    }
  });
}

/** Has the page speak a language, where it offers them. */
export async function speak(page: Page, language: Language): Promise<void> {
  const select = page.locator(".language select").first();
  if ((await select.count()) === 0) return;
  await select.selectOption(language);
  await expect(page.locator("html")).toHaveAttribute("lang", language);
  await drawn(page);
}
