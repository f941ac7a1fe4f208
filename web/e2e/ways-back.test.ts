/** The place in a list: found again by whoever comes back, and kept while the list is renewed. */

import type { Locator, Page } from "@playwright/test";
import type { CalendarEntry, ConcertCard } from "../src/api/show-types";
import { drawn } from "./look";
import { expect, test } from "./race";
import { concertsOf, isShown } from "./shows";
import { bookingOf, personAt, pointsAt, tell } from "./told";

/** So many concerts, one like the other. */
async function manyConcerts(page: Page, count: number): Promise<ConcertCard[]> {
  const [card] = await concertsOf(page, "list=soon&rows=1");
  if (!card) throw new Error("the demo has concerts");
  return Array.from({ length: count }, (_, at) => ({
    ...card,
    id: String(900_000 + at),
    title: `concert ${at}`,
  }));
}

/** A list as the server gives it: as many rows as are asked for, from where the page before ended. */
const tellList = (page: Page, path: string | RegExp, all: () => ConcertCard[]) =>
  page.route(path, (route) => {
    const { searchParams } = new URL(route.request().url());
    const from = Number(searchParams.get("after") ?? 0);
    const to = from + Number(searchParams.get("rows"));
    const next = to < all().length ? String(to) : null;
    return route.fulfill({ json: { concerts: all().slice(from, to), next } });
  });

const topOf = (what: Locator) => what.evaluate((one) => one.getBoundingClientRect().top);

/** Goes through a link and comes back to it. */
async function thereAndBack(page: Page, link: Locator): Promise<void> {
  const path = new URL(page.url()).pathname + new URL(page.url()).search;
  await link.scrollIntoViewIfNeeded();
  await drawn(page);
  const top = await topOf(link);
  await link.click();
  await expect(page).not.toHaveURL(path);
  await expect(page.locator("h1")).toBeAttached();
  await page.goBack();
  await expect(page).toHaveURL(path);
  await expect(link, path).toBeFocused();
  await expect
    .poll(async () => Math.abs((await topOf(link)) - top), `the place on ${path}`)
    .toBeLessThan(2);
}

test("whoever comes back finds what they had pressed, on every list", async ({ page }) => {
  await page.goto("/");
  const many = await manyConcerts(page, 60);
  const [concert] = many;
  if (!concert) throw new Error("there are concerts");
  const now = Date.now();
  await tell(page, "**/api/me", personAt(now));
  const numbers = Array.from({ length: 12 }, (_, number) => number);
  const bookings = numbers.map((number) => bookingOf(concert, now, { number }));
  await tell(page, "**/api/bookings?*", { bookings, next: null });
  await tell(page, "**/api/points?*", pointsAt(now));
  await tellList(page, /\/api\/(concerts|likes)\?/, () => many);
  const entries: CalendarEntry[] = many.slice(0, 30).map((one, at) => ({
    concert: one,
    opens_at_ms: now + 3_600_000 + at * 1_000,
    performance: "1",
    performance_count: 1,
  }));
  await tell(page, "**/api/calendar?*", { entries, is_cut: false });

  await isShown(page, "/me");
  await expect(page.locator(".booking")).toHaveCount(bookings.length);
  await thereAndBack(page, page.locator(".booking-head").nth(9));
  // The points name the same booking, further up.
  await thereAndBack(page, page.locator(".points-what[href]").nth(1));
  await expect(page.locator(".show-card").first()).toBeAttached();
  await thereAndBack(page, page.locator(".show-card-link").nth(20));
  await isShown(page, "/calendar");
  await thereAndBack(page, page.locator(".day-entry-link").nth(20));
  await isShown(page, "/shows/search?words=concert");
  const cards = page.locator(".show-card-link");
  await cards.last().scrollIntoViewIfNeeded();
  await expect(cards).toHaveCount(48);
  await thereAndBack(page, cards.nth(40));
});

test("a list that is renewed keeps the place on the screen and the focus", async ({ page }) => {
  await page.goto("/");
  const many = await manyConcerts(page, 80);
  let [from, asked] = [0, 0];
  await tellList(page, /\/api\/concerts\?/, () => many.slice(from));
  await isShown(page, "/shows");
  const cards = page.locator(".show-card-link");
  await cards.last().scrollIntoViewIfNeeded();
  await expect(cards).toHaveCount(48);
  const looked = page.locator('.show-card-link[href="/concerts/900031"]');
  await looked.focus();
  await drawn(page);
  const top = await topOf(looked);
  page.on("response", (answer) => {
    if (answer.url().includes("/api/concerts?")) asked++;
  });
  const renew = () => page.evaluate(() => dispatchEvent(new Event("online")));
  // Five have opened meanwhile: what is read moves up by two rows and a half.
  from = 5;
  await renew();
  await expect(cards.first()).toHaveAttribute("href", "/concerts/900005");
  await expect(cards).toHaveCount(48);
  expect(asked).toBe(1);
  await expect(looked).toBeFocused();
  expect(Math.abs((await topOf(looked)) - top)).toBeLessThan(2);
  // What has the focus goes as well: its neighbour takes it.
  from = 32;
  await renew();
  await expect(looked).toHaveCount(0);
  await expect(page.locator(".show-card-link:focus")).toHaveCount(1);
});
