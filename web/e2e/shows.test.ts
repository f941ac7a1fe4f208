/** From the first page to a concert that one likes, by pointer and by keyboard, in every language. */

import type { Page } from "@playwright/test";
import { focusIsHere, foreignWords, shoot, violations, wordsAreWhole } from "./look";
import { expect, test } from "./race";
import { concertOf, concertsOf, goToPart, isShown, nameInLatin, settled } from "./shows";
import { said, saidWithin } from "./words";

async function isFine(page: Page, name: string): Promise<void> {
  await focusIsHere(page, name);
  await wordsAreWhole(page, name);
  expect(await violations(page), name).toEqual([]);
  await shoot(page, name);
}

test("whoever comes for the first time finds a concert, likes it, and meets it again in the calendar", async ({
  page,
  start,
}) => {
  // As in a browser that does not say when a swipe has come to rest.
  await page.addInitScript(() =>
    addEventListener("scrollend", (event) => event.stopImmediatePropagation(), true),
  );
  await start();
  // Practising stays one tap from here.
  await expect(page.locator(".home-words .button")).toBeVisible();
  await goToPart(page, "shows");
  await expect(page.locator(".show-card").first()).toBeVisible();
  await expect(page.locator(".show-banner").first()).toBeVisible();
  await isFine(page, "shows");
  const turned = page.locator(".show-banner-turn span");
  await expect(turned).toHaveText(/^1 \/ \d$/);
  await page
    .locator(".show-banner-row")
    .evaluate((row) => row.scrollTo({ left: (row.children[1] as HTMLElement).offsetLeft }));
  await expect(turned).toHaveText(/^2 \/ \d$/);

  const [wanted] = await concertsOf(page, "list=soon&rows=1");
  if (!wanted) throw new Error("the demo has nothing that opens soon");
  await page.locator(".show-search-link").click();
  await page.locator(".search-words input").pressSequentially(wanted.title.slice(0, 6));
  await expect(page).toHaveURL(/words=/);
  const card = page.locator(`.show-card:has(a[href="/concerts/${wanted.id}"])`);
  await expect(card).toBeVisible();
  await isFine(page, "search");
  await card.locator(".show-like").click();
  await expect(card.locator(".show-like")).toHaveAttribute("aria-pressed", "true");
  await expect.poll(async () => (await concertOf(page, wanted.id)).card.liked).toBe(true);
  // The word for it leads to the list of what one likes.
  await expect(page.locator(".toast p")).toContainText(await saidWithin(page, "show_liked"));
  await page.locator(".toast a").click();
  await expect(page).toHaveURL(/\/me\/likes$/);
  await expect(card).toBeVisible();
  await isFine(page, "likes");

  await goToPart(page, "calendar");
  await page.locator(".calendar-liked input").check();
  await expect(page).toHaveURL(/liked=true/);
  const concert = await concertOf(page, wanted.id);
  const opens = concert.performances[0]?.opening.opens_at_ms ?? 0;
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: wanted.zone }).format(opens);
  await isShown(page, `/calendar?day=${day}&liked=true`);
  await expect(page.locator(`.day-entry a[href="/concerts/${wanted.id}"]`)).toBeVisible();
  await isFine(page, "calendar");

  await page.locator(`.day-entry a[href="/concerts/${wanted.id}"]`).click();
  await expect(page.locator("h1")).toHaveText(wanted.title);
  await expect(page.locator(".concert-plan canvas")).toBeVisible();
  await expect(page.locator(".concert-prices dd").first()).toBeVisible();
  await isFine(page, "concert");

  await goToPart(page, "me");
  await expect(page.locator(`.show-card a[href="/concerts/${wanted.id}"]`)).toBeVisible();
  await isFine(page, "me");
});

test("a search stands in the address: loading anew and going back find it again", async ({
  page,
}) => {
  await isShown(page, "/shows");
  const [one] = await concertsOf(page, "list=on-sale&rows=1");
  if (!one) throw new Error("the demo has nothing on sale");
  const path = `/shows/search?${new URLSearchParams({ city: one.city, order: "latest" })}`;
  await isShown(page, path);
  await expect(page.locator(".search-more")).toHaveAttribute("open", "");
  await expect(page.locator(".search-fields select").first()).toHaveValue(one.city);
  const before = await page.locator(".show-card-link").first().getAttribute("href");
  await page.reload();
  await settled(page);
  await expect(page.locator(".show-card-link").first()).toHaveAttribute("href", before ?? "");
  const last = page.locator(".show-card-link").last();
  const href = await last.getAttribute("href");
  await last.scrollIntoViewIfNeeded();
  const place = await page.evaluate(() => scrollY);
  await last.click();
  await expect(page).toHaveURL(new RegExp(`${href}$`));
  await settled(page);
  await page.goBack();
  await settled(page);
  await expect(page).toHaveURL(path);
  // One is where one was, and on what one had pressed.
  await expect(page.locator(`a[href="${href}"]`)).toBeFocused();
  expect(Math.abs((await page.evaluate(() => scrollY)) - place)).toBeLessThan(60);
});

test("a list goes on as one reads on, and shows nothing twice", async ({ page }) => {
  await isShown(page, "/shows/search?past=true");
  const all = await concertsOf(page, "order=earliest&rows=100");
  const cards = page.locator(".show-card-link");
  await expect
    .poll(async () => {
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      return cards.count();
    })
    .toBeGreaterThanOrEqual(Math.min(30, all.length));
  const links = await cards.evaluateAll((found) => found.map((one) => one.getAttribute("href")));
  expect(new Set(links).size).toBe(links.length);
  // From far down one is led back to the top, where the keyboard goes on from the heading.
  await page.locator(".show-to-top").click();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  await expect(page.locator("h1")).toBeFocused();
  await expect(page.locator(".show-to-top")).toHaveCount(0);
});

test("by keyboard alone one goes from the first page to a concert, likes it and comes back", async ({
  page,
  start,
}) => {
  await start();
  const tabTo = async (selector: string) => {
    for (let press = 0; press < 80; press++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((what) => document.activeElement?.matches(what), selector)) return;
    }
    throw new Error(`no Tab leads to ${selector}`);
  };
  await tabTo('.nav a[href="/shows"]');
  await page.keyboard.press("Enter");
  await settled(page);
  await expect(page.locator(".show-card").first()).toBeVisible();
  await tabTo(".show-card-link");
  await page.keyboard.press("Enter");
  await expect(page.locator(".concert h1")).toBeFocused();
  await tabTo(".concert .show-like");
  const heart = page.locator(".concert .show-like");
  const name = await heart.innerText();
  await page.keyboard.press("Space");
  // Its state tells what became of it: a name that changed as well would say the contrary.
  await expect(heart).toHaveAttribute("aria-pressed", "true");
  await expect(heart).toHaveText(name);
  await expect(page.locator(".toast p")).toContainText(await saidWithin(page, "show_liked"));
  // A second press right after the first is taken for the same one.
  await expect(async () => {
    await page.keyboard.press("Space");
    await expect(heart).toHaveAttribute("aria-pressed", "false", { timeout: 500 });
  }).toPass();
  await expect(page.locator(".toast p")).toHaveText(await said(page, "show_unliked"));
  await page.goBack();
  await expect(page).toHaveURL(/\/shows$/);
  await focusIsHere(page, "shows");
});

test("what is nowhere says so and leads on", async ({ page }) => {
  await isShown(page, "/concerts/999999999");
  await expect(page.locator("h1")).toHaveText(await said(page, "concert_gone"));
  await isFine(page, "no concert");
  await isShown(page, `/shows/search?words=${encodeURIComponent("없는공연이름")}`);
  await expect(page.locator(".show-nothing")).toBeVisible();
  await isFine(page, "nothing found");
  await isShown(page, "/shows/search?from=2026-12-02&to=2026-12-01");
  await expect(page.locator("[role=alert]").first()).toBeVisible();
  await isShown(page, "/me");
  await expect(page.locator(".show-nothing").first()).toBeVisible();
  await isFine(page, "me, empty");
});

for (const language of ["ko", "en", "ja"] as const)
  test(`every screen of shows speaks ${language}`, async ({ page }) => {
    const [card] = await concertsOf(page, "list=soon&rows=1");
    await page.addInitScript((is) => localStorage.setItem("tingting.language", is), language);
    await nameInLatin(page);
    for (const path of [
      "/shows",
      "/shows/search",
      "/calendar",
      `/concerts/${card?.id}`,
      "/me",
      "/me/likes",
    ]) {
      await isShown(page, path);
      expect(await foreignWords(page, language), path).toEqual([]);
    }
  });
