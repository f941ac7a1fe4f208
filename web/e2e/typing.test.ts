/** What keyboards do to the letters of a captcha, and what becomes of answers and pictures that fail. */

import type { CDPSession, Locator, Page } from "@playwright/test";
import {
  expect,
  fillPrice,
  fillReceipt,
  goOn,
  passCaptcha,
  pressAtOpening,
  reach,
  test,
} from "./race";
import { chooseSeat, openSection } from "./seats";
import { said } from "./words";

test.use({ contextOptions: { reducedMotion: "reduce" } });

/** Stands before the captcha of a race of the test's own. */
async function captchaOf(
  page: Page,
  open: (scenario: string) => Promise<string>,
  scenario: string,
) {
  await open(scenario);
  await pressAtOpening(page);
  await reach(page, "captcha");
  const field = page.locator(".captcha-input");
  await expect(field).toBeFocused();
  return field;
}

/** Composes as a keyboard with suggestions does: it shows what it has so far, and hands it over in the end. */
async function compose(line: CDPSession, text: string): Promise<void> {
  for (let end = 1; end <= text.length; end++) {
    const soFar = text.slice(0, end);
    await line.send("Input.imeSetComposition", {
      text: soFar,
      selectionStart: end,
      selectionEnd: end,
    });
  }
  await line.send("Input.insertText", { text });
}

const empty = async (field: Locator) => {
  await field.selectText();
  await field.press("Backspace");
};

test("a keyboard that composes types each letter once, and wide letters count", async ({
  page,
  open,
  context,
}) => {
  const field = await captchaOf(page, open, "three-letters");
  const send = page.locator(".captcha .button[type=submit]");
  const line = await context.newCDPSession(page);
  for (const [typed, kept] of [
    ["abc", "abc"],
    ["ＡＢＣ", "ABC"],
    ["ａｂｃｄ", "abc"],
  ] as const) {
    await compose(line, typed);
    await expect(field).toHaveValue(kept);
    await expect(send).not.toHaveAttribute("aria-disabled", "true");
    await expect(page.locator(".captcha-trouble")).toBeEmpty();
    await empty(field);
  }
  // While letters are composed they stay as the keyboard has them, and may be sent.
  await line.send("Input.imeSetComposition", {
    text: "ａｂｃ",
    selectionStart: 3,
    selectionEnd: 3,
  });
  await expect(field).toHaveValue("ａｂｃ");
  await expect(send).not.toHaveAttribute("aria-disabled", "true");
  await line.send("Input.insertText", { text: "ａｂｃ" });
  await expect(field).toHaveValue("abc");
  await empty(field);
  await compose(line, "ㅎ");
  await expect(page.locator(".captcha-trouble")).toHaveText(await said(page, "captcha_hangul"));
  await expect(field).toHaveValue("");
  await compose(line, "か");
  await expect(page.locator(".captcha-trouble")).toHaveText(
    await said(page, "captcha_letters_only"),
  );
});

test("a letter typed in the middle stays there", async ({ page, open }) => {
  const field = await captchaOf(page, open, "three-letters");
  await page.keyboard.type("ac");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("1b");
  await expect(field).toHaveValue("abc");
});

test("a wrong answer is sent once and selected, so that typing takes its place", async ({
  page,
  open,
}) => {
  const field = await captchaOf(page, open, "three-letters");
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/captcha")) asked++;
  });
  // Letters that no picture has.
  await page.keyboard.type("iii");
  for (let press = 0; press < 3; press++) {
    await page.keyboard.down("Enter");
    await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
    await expect(page.locator(".captcha-trouble")).toHaveText(
      await said(page, "captcha_wrong_plain"),
    );
  }
  expect(asked).toBe(1);
  await page.keyboard.type("o");
  await expect(field).toHaveValue("o");
  await expect(page.locator(".captcha-trouble")).toBeEmpty();
});

test("a picture that ran out is replaced by another one, with a word", async ({ page, open }) => {
  const field = await captchaOf(page, open, "short-picture");
  const picture = page.locator(".captcha-picture img");
  const first = (await picture.getAttribute("src")) ?? "";
  const trouble = page.locator(".captcha-trouble");
  // Wrong letters leave the picture as it is for as long as it is valid.
  const isRefused = async (letters: string) => {
    const answer = page.waitForResponse(/\/captcha$/);
    await field.fill(letters);
    await page.keyboard.press("Enter");
    if (!(await answer).ok()) return true;
    await expect(trouble).toHaveText(await said(page, "captcha_wrong_plain"));
    return false;
  };
  for (let tried = 0; !(await isRefused(tried % 2 ? "iii" : "ooo")); tried++);
  await expect(trouble).toHaveText(await said(page, "captcha_old"));
  await expect(picture).not.toHaveAttribute("src", first);
  await expect(field).toHaveValue("");
  await expect(field).toBeFocused();
});

test("a picture that does not come is asked for again, by itself and by hand", async ({
  page,
  open,
}) => {
  let isLost = true;
  let asked = 0;
  // The first time no answer comes at all, then none can.
  await page.route(/\/captcha\/\d+\.png/, (route) => {
    asked++;
    if (asked === 1) return undefined;
    return isLost ? route.abort() : route.continue();
  });
  await captchaOf(page, open, "three-letters");
  const lost = page.locator(".captcha-lost");
  await expect(lost.locator("p")).toHaveText(await said(page, "captcha_failed"));
  await expect.poll(() => asked).toBeGreaterThan(1);
  isLost = false;
  await page.getByRole("button", { name: await said(page, "captcha_again") }).click();
  await expect(lost).toBeEmpty();
  const picture = page.locator(".captcha-picture img");
  await expect
    .poll(() => picture.evaluate((one: HTMLImageElement) => one.naturalWidth))
    .toBeGreaterThan(0);
  await expect(picture).toBeVisible();
});

test("a sound that does not play says so, and may be asked for again", async ({ page, open }) => {
  await captchaOf(page, open, "three-letters");
  const trouble = page.locator(".captcha-trouble");
  await page.route(/\.wav$/, (route) => route.abort());
  await page.getByRole("button", { name: await said(page, "captcha_listen") }).click();
  await expect(trouble).toHaveText(await said(page, "captcha_silent"));
  await page.keyboard.type("a");
  await expect(trouble).toBeEmpty();
});

test("a birth date may be typed with wide digits of a composing keyboard", async ({
  page,
  open,
  context,
}) => {
  await open("stale-map");
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page, 5);
  await chooseSeat(page);
  await page.locator(".sheet-go button").click();
  await fillPrice(page);
  await goOn(page);
  await fillReceipt(page);
  const field = page.locator(".input");
  await empty(field);
  const line = await context.newCDPSession(page);
  await compose(line, "９９０１０１２");
  await expect(field).toHaveValue("990101");
  await goOn(page);
  await reach(page, "payment");
});
