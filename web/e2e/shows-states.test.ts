/** What shows say when a moment comes, or when the server does not do what it should. */

import type { Page } from "@playwright/test";
import type { CalendarEntry, Concert } from "../src/api/show-types";
import { shoot, violations, wordsAreWhole } from "./look";
import { expect, reach, test } from "./race";
import { concertOf, concertsOf, isShown } from "./shows";
import { personAt, tell } from "./told";
import { said } from "./words";

async function anyConcert(page: Page): Promise<Concert> {
  const [card] = await concertsOf(page, "list=soon&rows=1");
  if (!card) throw new Error("the demo has nothing that opens soon");
  return concertOf(page, card.id);
}

/** The concert as the server tells it, but opening at this moment. */
async function opensAt(page: Page, concert: Concert, ms: number): Promise<void> {
  await page.route(`**/api/concerts/${concert.card.id}`, (route) =>
    route.fulfill({
      json: {
        ...concert,
        performances: concert.performances.map((one) => ({
          ...one,
          opening: { ...one.opening, opens_at_ms: ms, closes_at_ms: ms + 600_000, stage: "before" },
        })),
      },
    }),
  );
}

test("a concert page opens by the clock, without a word of the server", async ({ page }) => {
  const concert = await anyConcert(page);
  const { now_ms } = await (await page.request.get("/api/clock")).json();
  await opensAt(page, concert, now_ms + 8_000);
  await isShown(page, `/concerts/${concert.card.id}`);
  const first = page.locator(".opening-go .button").first();
  await expect(page.locator(".opening-number")).toHaveText(/^0:0\d$/);
  await expect(first).toHaveText(await said(page, "opening_enter_lobby"));
  await expect(first).toHaveText(await said(page, "opening_enter"));
  await expect(page.locator(".opening-number")).toHaveText(await said(page, "stage_open"));
});

test("whoever likes a concert is reminded a minute before it opens, wherever they are, once", async ({
  page,
}) => {
  const concert = await anyConcert(page);
  const { now_ms } = await (await page.request.get("/api/clock")).json();
  // It was liked on another device: here nobody has pressed a heart, but the person is the same.
  await tell(page, "**/api/me", personAt(now_ms));
  await isShown(page, "/me");
  await expect(page.locator(".account h2")).toHaveText("minji");
  const entry: CalendarEntry = {
    concert: { ...concert.card, liked: true },
    opens_at_ms: now_ms + 55_000,
    performance: "1",
    performance_count: 1,
  };
  await page.route("**/api/calendar?*liked=true*", (route) =>
    route.fulfill({ json: { entries: [entry], is_cut: false } }),
  );
  await page.goto("/");
  const reminder = page.locator(".reminder");
  await expect(reminder).toContainText(concert.card.title);
  expect(await violations(page)).toEqual([]);
  await wordsAreWhole(page, "reminder");
  await shoot(page, "reminder");
  await reminder.locator("button").click();
  await expect(reminder).toHaveCount(0);
  await page.reload();
  await expect(page.locator(".home-words .button")).toBeVisible();
  // What waits for the reminder's part has had its time once the last runs are there, which come with another.
  await expect(page.locator(".runs")).toBeAttached();
  await expect(reminder).toHaveCount(0);
});

test("whoever left a sold-out opening without a seat is told elsewhere on the page when seats are free again, once", async ({
  page,
}) => {
  const concert = await anyConcert(page);
  const [performance] = concert.performances;
  if (!performance) throw new Error("a concert of the demo has a performance");
  const { title } = concert.card;
  const card = {
    id: "00000000000000aa",
    scenario: "",
    plan: "hall",
    demand: "",
    style: "n-style",
    title: { ko: title, en: title, ja: title },
    created_ms: 1,
    ending: "left",
    place: null,
    rivals: 0,
    seats: 2,
    seed_chosen: false,
    steps: [],
    performance: performance.id,
  };
  await page.route("**/api/races", (route) => route.fulfill({ json: { races: [card] } }));
  let [free, asked] = [0, 0];
  await page.route(`**/api/performances/${performance.id}/seats-left`, (route) => {
    asked++;
    return route.fulfill({ json: { total: free, seen_at_ms: 1, sections: [] } });
  });
  const opening = { ...performance.opening, stage: "open" };
  await page.route(`**/api/performances/${performance.id}`, (route) =>
    route.fulfill({ json: { ...performance, opening } }),
  );
  await page.addInitScript(() => localStorage.setItem("tingting.entered", "yes"));
  await isShown(page, "/calendar");
  await expect.poll(() => asked).toBe(1);
  free = 1;
  const notice = page.locator(".reminder");
  await expect(notice).toContainText(title);
  await expect(notice.locator("p")).toHaveText(await said(page, "returned"));
  expect(await violations(page)).toEqual([]);
  await wordsAreWhole(page, "returned");
  await shoot(page, "returned");
  await notice.locator("a").click();
  await expect(page).toHaveURL(new RegExp(`/concerts/${concert.card.id}\\?performance=\\d+$`));
  await expect(notice).toHaveCount(0);
  const before = asked;
  await expect.poll(() => asked, { timeout: 30_000 }).toBeGreaterThan(before);
  await expect(notice).toHaveCount(0);
});

test("a like that the server does not keep is taken back, and said", async ({ page }) => {
  await isShown(page, "/shows");
  await page.route("**/like", (route) =>
    route.fulfill({
      status: 409,
      contentType: "application/problem+json",
      json: { type: "about:blank", title: "", status: 409, code: "too-many-likes" },
    }),
  );
  const heart = page.locator(".show-card .show-like").first();
  await heart.click();
  await expect(page.locator(".toast")).toHaveText(await said(page, "show_refused_likes"));
  await expect(heart).toHaveAttribute("aria-pressed", "false");
});

test("a list that does not come says so, and comes when it is asked for again", async ({
  page,
}) => {
  const isList = /\/api\/concerts\?/;
  await page.route(isList, (route) =>
    route.fulfill({
      status: 422,
      json: { type: "about:blank", title: "", status: 422, code: "query-invalid" },
    }),
  );
  await page.goto("/shows");
  await expect(page.locator(".show-trouble")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await shoot(page, "list away");
  await page.unroute(isList);
  await page.locator(".show-trouble .button").click();
  await expect(page.locator(".show-card").first()).toBeVisible();
});

/** Day, hours and minutes of a moment as a clock in this zone shows them, among other words. */
function clockAt(ms: number, timeZone: string): RegExp {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(ms);
  const [day, hour, minute] = (["day", "hour", "minute"] as const).map(
    (type) => parts.find((part) => part.type === type)?.value ?? "",
  );
  return new RegExp(`(?<!\\d)${day}\\s\\S+\\s(?:\\d{4}\\s)?${hour}:${minute}(?!\\d)`);
}

test("O29: times are the venue's, with the reader's own beside them where the two differ", async ({
  browser,
  server,
}) => {
  const there = await browser.newContext({
    baseURL: server.address,
    timezoneId: "America/New_York",
    locale: "en-US",
  });
  const page = await there.newPage();
  const concert = await anyConcert(page);
  await isShown(page, `/concerts/${concert.card.id}`);
  await expect(page.locator(".opening-facts .show-own-time")).toHaveCount(2);
  const { zone } = concert.card;
  expect(zone).not.toBe("America/New_York");
  const [date, opens, closes] = [
    page.locator(".date-at").first(),
    page.locator(".opening-facts dd").nth(0),
    page.locator(".opening-facts dd").nth(1),
  ];
  const [first] = concert.performances;
  if (!first) throw new Error("a concert of the demo has a performance");
  for (const [shown, ms] of [
    [date, first.starts_at_ms],
    [opens, first.opening.opens_at_ms],
    [closes, first.opening.closes_at_ms],
  ] as const) {
    await expect(shown.locator("time")).toHaveText(clockAt(ms, zone));
    await expect(shown.locator(".show-own-time")).toHaveText(clockAt(ms, "America/New_York"));
  }
  await there.close();
});

test("a rehearsal is one press away, and its end leads back to the concert", async ({ page }) => {
  const concert = await anyConcert(page);
  await isShown(page, `/concerts/${concert.card.id}`);
  await page.locator(".opening-go .button").last().click();
  await reach(page, "lobby");
  // Nothing of the site's bar lies over a race.
  await expect(page.locator(".nav")).toHaveCount(0);
  await page.locator(".frame-tools > button").last().click();
  await expect(page).toHaveURL(new RegExp(`/concerts/${concert.card.id}\\?performance=\\d+$`));
});
