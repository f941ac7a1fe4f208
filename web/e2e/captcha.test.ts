/** The captcha: for whoever reads it, hears it, or cannot make it out. */

import type { Locator } from "@playwright/test";
import { expect, pressAtOpening, reach, test } from "./race";
import { said } from "./words";

test.use({ contextOptions: { reducedMotion: "reduce" } });

const SOON = { timeout: 1_000 };

/** A second press right after the first counts as the same one, so it may take another. */
async function pressUntil(button: Locator, isSo: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await button.click();
    await isSo();
  }).toPass();
}

test("the captcha can be heard and changed, and its answer is nowhere on the page", async ({
  page,
  open,
}) => {
  await open("stale-map");
  await pressAtOpening(page);
  await reach(page, "captcha");
  const field = page.locator(".captcha-input");
  await expect(field).toBeFocused();
  for (const [name, value] of Object.entries({
    autocapitalize: /characters/,
    autocorrect: /off/,
    autocomplete: /off/,
    spellcheck: /false/,
    inputmode: /text/,
    lang: /^en$/,
  }))
    await expect(field).toHaveAttribute(name, value);
  // With a keyboard 300 px high everything that is needed is seen together.
  await page.setViewportSize({ width: 390, height: 544 });
  for (const part of [".captcha-picture img", ".captcha-input", ".captcha .button"])
    await expect(page.locator(part)).toBeInViewport({ ratio: 1 });
  const sound = page.waitForResponse(/\.wav$/);
  await page.getByRole("button", { name: await said(page, "captcha_listen") }).click();
  const heard = await sound;
  expect([200, 206]).toContain(heard.status());
  expect(heard.headers()["content-type"]).toMatch(/^audio\/(x-)?wav/);
  const picture = page.locator(".captcha-picture img");
  const first = await picture.getAttribute("src");
  const renew = page.getByRole("button", { name: await said(page, "captcha_renew") });
  await renew.click();
  await expect(picture).not.toHaveAttribute("src", first ?? "");
  await expect(field).toBeFocused();
  // All text of the form is known words: no letter to be typed is among them.
  const texts = await page.locator(".captcha").evaluate((form) => {
    const attributes = [...form.querySelectorAll("*")].flatMap((one) =>
      [...one.attributes].map(({ value }) => value),
    );
    return `${form.textContent}\n${attributes.join("\n")}`;
  });
  const letters = texts.match(/(?<![\p{L}\d])[A-Z](?![\p{L}\d])/gu) ?? [];
  expect(letters).toEqual([]);
  await field.fill("ㅎ");
  await expect(page.locator(".captcha-trouble")).toHaveText(await said(page, "captcha_hangul"));
  // The server's limits are too far away to be reached here: their answers are given in its place.
  for (const [code, words] of [
    ["captcha-too-many", "captcha_renew_no"],
    ["too-many-requests", "refused_busy"],
  ] as const) {
    await page.route(/\/captcha\/renew$/, (route) =>
      route.fulfill({ status: 429, json: { type: `/problems/${code}`, status: 429, code } }),
    );
    const told = await said(page, words);
    await pressUntil(renew, () => expect(page.locator(".captcha-trouble")).toHaveText(told, SOON));
    await expect(field).toBeFocused();
  }
  await page.unroute(/\/captcha\/renew$/);
  await pressUntil(renew, () => expect(page.locator(".captcha-trouble")).toBeEmpty(SOON));
});
