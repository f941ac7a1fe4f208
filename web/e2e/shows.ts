/** What a test does with shows: it asks the server for them, and opens their screens. */

import type { Page } from "@playwright/test";
import type { Concert, ConcertCard, ConcertPage } from "../src/api/show-types";
import { ask, expect } from "./race";
import type { Visit } from "./walk";

export const concertsOf = async (page: Page, query: string): Promise<ConcertCard[]> =>
  (await ask<ConcertPage>(page, `/api/concerts?${query}`)).concerts;

export const concertOf = (page: Page, id: string) => ask<Concert>(page, `/api/concerts/${id}`);

/** Nothing that is shown is still on its way. */
export async function isShown(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  await expect(page.locator("h1")).toBeAttached();
  await expect(
    page.locator(".show-empty-card, .day-list-empty, .opening-empty, .waiting"),
  ).toHaveCount(0);
  await expect
    .poll(() =>
      page.evaluate(() =>
        [...document.images].every((one) => one.complete || one.loading === "lazy"),
      ),
    )
    .toBe(true);
}

/** A part of the site, by the bar of the four. */
export async function goToPart(page: Page, at: "practice" | "shows" | "calendar" | "me") {
  const index = ["practice", "shows", "calendar", "me"].indexOf(at);
  await page.locator(".nav a").nth(index).click();
  await settled(page);
}

const LETTERS = /[\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/gu;
const TOLD = /\/api\/(concerts|banners|cities|calendar|likes)\b(?!.*\.svg)/;

/** What others have named is told in letters that every language uses. */
export async function nameInLatin(page: Page): Promise<void> {
  await page.route(TOLD, async (route) => {
    if (route.request().method() !== "GET") return route.fallback();
    const answer = await route.fetch();
    return route.fulfill({
      response: answer,
      body: (await answer.text()).replaceAll(LETTERS, "n"),
    });
  });
}

/** Every screen of shows, once each. */
export async function walkShows(page: Page, look: Visit): Promise<void> {
  await nameInLatin(page);
  await page.goto("/");
  const [card] = await concertsOf(page, "list=soon&rows=1");
  const ways: [string, string, string][] = [
    ["shows", "/shows", ".show-card"],
    ["search", "/shows/search?from=2020-01-01", ".show-card"],
    ["calendar", "/calendar", ".day-entry"],
    ["concert", `/concerts/${card?.id}`, ".concert-plan canvas"],
    ["me", "/me", ".show-nothing"],
    ["likes", "/me/likes", ".show-nothing"],
    ["no-concert", "/concerts/999999999", "h1"],
  ];
  for (const [name, path, selector] of ways) {
    await isShown(page, path);
    await expect(page.locator(selector).first()).toBeVisible();
    await look(name);
  }
}
