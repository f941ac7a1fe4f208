/** What clients of the service that this one grew from did wrong with shows, each with a test that ours does not. */

import { House } from "./openings";
import { expect, newRace, test } from "./race";
import { concertOf, concertsOf, isShown, settled } from "./shows";
import { bookingOf, personAt, pointsAt, refuse, tell } from "./told";
import { OF_THE_LINE, said } from "./words";

test("O33: a press that fails says so and why, and each reason has its own words", async ({
  page,
}) => {
  await page.goto("/");
  const [card] = await concertsOf(page, "list=on-sale&rows=1");
  if (!card) throw new Error("the demo has something on sale");
  await isShown(page, `/concerts/${card.id}`);
  const go = page.locator(".opening-go .button").first();
  const trouble = page.locator(".opening-go [role=alert]");
  const seen: string[] = [];
  for (const [status, code] of [
    [409, "opening-closed"],
    [503, "catalogue-away"],
    [503, "server-full"],
  ] as const) {
    await refuse(page, "**/enter", status, code);
    // A second press right after the first is taken for the same one.
    await expect(async () => {
      await go.click();
      await expect(trouble).toBeVisible({ timeout: 2_000 });
      await expect(trouble).not.toHaveText(seen.at(-1) ?? "", { timeout: 2_000 });
    }).toPass();
    seen.push(await trouble.innerText());
    await page.unroute("**/enter");
  }
  expect(new Set(seen).size).toBe(seen.length);
  for (const words of seen) expect(words).not.toMatch(OF_THE_LINE);
  // A line that is broken has words of its own, which are those that were looked for.
  await page.route("**/enter", (route) => route.abort());
  await expect(async () => {
    await go.click();
    await expect(trouble).toHaveText(OF_THE_LINE, { timeout: 2_000 });
  }).toPass();
});

test("O34 O35: the choice of every place is no place, and days narrow what is found", async ({
  page,
}) => {
  await page.goto("/");
  const cards = await concertsOf(page, "order=earliest&rows=100");
  const first = cards.find(({ books_until_ms }) => books_until_ms > Date.now());
  if (!first) throw new Error("the demo has concerts");
  // Whoever looks for nothing sees what is on sale.
  await isShown(page, "/shows/search");
  const [sold] = await concertsOf(page, "list=on-sale&rows=1");
  await expect(page.locator(`.show-card-link[href="/concerts/${sold?.id}"]`)).toBeVisible();
  await expect(page.locator(".show-card .show-sign:not([data-open])")).toHaveCount(0);
  await isShown(page, "/shows/search?past=true");
  const more = page.locator(".search-more");
  if ((await more.getAttribute("open")) === null) await more.locator("summary").click();
  const place = page.locator(".search-fields select").first();
  await place.selectOption(first.city);
  await expect(page).toHaveURL(/city=/);
  await settled(page);
  await expect(page.locator(".show-card-link").first()).toBeVisible();
  // The words that stand for every place are chosen again: nobody searches for a place of that name.
  await place.selectOption({
    label: String((await said(page, "search_city_any")).source.slice(4, -2)),
  });
  await expect(page).not.toHaveURL(/city=/);
  await settled(page);
  const found = page.locator(`.show-card-link[href="/concerts/${first.id}"]`);
  await expect(found).toBeVisible();
  const [from, to] = [
    page.locator("input[type=date]").first(),
    page.locator("input[type=date]").last(),
  ];
  await to.fill(first.last_day);
  await from.fill(first.first_day);
  await expect(page).toHaveURL(new RegExp(`from=${first.first_day}&to=${first.last_day}`));
  await page.locator(".search-past input").uncheck();
  await expect(page).not.toHaveURL(/past/);
  await settled(page);
  await expect(found).toBeVisible();
  const those = await concertsOf(page, `from=${first.first_day}&to=${first.last_day}&rows=100`);
  await expect(page.locator(".show-card")).toHaveCount(Math.min(those.length, 24));
  expect(those.length).toBeLessThan(cards.length);
});

test("O39: each performer has a picture of their own beside their name", async ({ browser }) => {
  const house = new House(browser);
  await house.open();
  const names = ["달무리", "한별 밴드", "Paper Heron"];
  const made = await house.opening({
    title: "셋의 밤",
    style: "n-style",
    opensInS: 600,
    performers: names,
  });
  const { page } = await house.person();
  const { performers } = await concertOf(page, made.concert);
  expect(performers.map(({ name }) => name)).toEqual(names);
  await isShown(page, `/concerts/${made.concert}`);
  const shown = page.locator(".concert-performers li");
  await expect(shown).toHaveCount(performers.length);
  const pictures = new Set<string>();
  for (const [at, { name, picture }] of performers.entries()) {
    const one = shown.nth(at);
    await expect(one).toHaveText(name);
    await expect(one.locator("img")).toHaveCount(1);
    await expect(one.locator("img")).toHaveAttribute("src", picture);
    await one.scrollIntoViewIfNeeded();
    await expect
      .poll(() => one.locator("img").evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBeGreaterThan(0);
    pictures.add(await (await page.request.get(picture)).text());
  }
  expect(pictures.size).toBe(performers.length);
  await house.close();
});

test("O40: a concert that is opened after another shows nothing of it", async ({ page }) => {
  await page.goto("/");
  const [one, other] = await concertsOf(page, "list=soon&rows=2");
  if (!one || !other) throw new Error("the demo has two concerts that open soon");
  await isShown(page, "/shows");
  const link = (id: string) => page.locator(`.show-card-link[href="/concerts/${id}"]`).first();
  await link(one.id).click();
  await expect(page.locator(".concert h1")).toHaveText(one.title);
  await expect(page.locator(".concert-prices")).toBeVisible();
  await page.goBack();
  let answer = () => undefined as void;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(`**/api/concerts/${other.id}`, async (route) => {
    await held;
    return route.continue();
  });
  await link(other.id).click();
  // Its own answer has not come yet: what the list told is there, and nothing of the first one.
  await expect(page.locator(".concert h1")).toHaveText(other.title);
  await expect(page.locator("main")).not.toContainText(one.title);
  await expect(page.locator(".concert-prices")).toHaveCount(0);
  answer();
  await expect(page.locator(".concert-prices")).toBeVisible();
  await expect(page.locator("main")).not.toContainText(one.title);
});

test("O41: bookings and points stand on one page, and each is read on at its own place", async ({
  page,
}) => {
  await page.goto("/");
  const [card] = await concertsOf(page, "list=soon&rows=1");
  if (!card) throw new Error("the demo has concerts");
  const now = Date.now();
  const asked: string[] = [];
  const told = (path: string, answers: Record<string, unknown>) =>
    page.route(path, (route) => {
      const { pathname, searchParams } = new URL(route.request().url());
      const after = searchParams.get("after") ?? "";
      // The first page is asked for anew as one comes.
      if (after !== "") asked.push(`${pathname} ${after}`);
      return route.fulfill({ json: answers[after] });
    });
  const booking = (number: number) => bookingOf(card, now, { number });
  const { entries } = pointsAt(now);
  await tell(page, "**/api/me", personAt(now));
  await told("**/api/bookings?*", {
    "": { bookings: [booking(0), booking(1)], next: "b1" },
    b1: { bookings: [booking(2)], next: null },
  });
  await told("**/api/points?*", {
    "": { balance_won: 1, entries: entries.slice(0, 1), next: "p1" },
    p1: { balance_won: 1, entries: entries.slice(1, 2), next: "p2" },
    p2: { balance_won: 1, entries: entries.slice(2), next: null },
  });
  await isShown(page, "/me");
  const more = page.locator(".points > .button");
  await expect(page.locator(".points-entry")).toHaveCount(1);
  await page.locator(".booking").last().scrollIntoViewIfNeeded();
  await expect(page.locator(".booking")).toHaveCount(3);
  // The bookings have come to their end. The points have not, and go on where they were.
  await expect(page.locator(".points-entry")).toHaveCount(1);
  await more.click();
  await expect(page.locator(".points-entry")).toHaveCount(2);
  // A second press right after the first is taken for the same one.
  await expect(async () => {
    await more.click({ timeout: 1_000 });
    await expect(page.locator(".points-entry")).toHaveCount(entries.length, { timeout: 1_000 });
  }).toPass();
  await expect(more).toHaveCount(0);
  await expect(page.locator(".booking")).toHaveCount(3);
  expect(asked).toEqual(["/api/bookings b1", "/api/points p1", "/api/points p2"]);
});

test("O42: every address can be visited directly", async ({ page }) => {
  const { id } = await newRace(page, "long-queue");
  const [card] = await concertsOf(page, "list=soon&rows=1");
  const concert = await concertOf(page, card?.id ?? "");
  for (const path of [
    "/",
    "/shows",
    "/shows/search?words=%EB%B3%84",
    "/calendar",
    "/me",
    "/me/likes",
    "/me/bookings/0000000000000000/0",
    "/progress",
    "/room",
    "/handover",
    "/door",
    `/concerts/${card?.id}`,
    `/performances/${concert.performances[0]?.id}`,
    "/concerts/999999999",
    `/race/${id}/seats`,
    `/race/${id}/payment`,
    "/race/0000000000000000/seats",
    "/concert/reservation",
  ]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    // The page itself, and nothing that stands in its place.
    await expect(page.locator("#main h1").first(), path).toHaveText(/\S/);
    await expect(page.locator(".waiting"), path).toHaveCount(0);
    const isNowhere = ["/concert/reservation", "/race/0000000000000000/seats"].includes(path);
    await expect(page.locator(".missing"), path).toHaveCount(isNowhere ? 1 : 0);
    // Its title names it: also where several are kept open beside each other.
    const heading = page.locator("#main h1").first();
    if (path !== "/") {
      await expect
        .poll(async () => page.title(), path)
        .toBe(`${(await heading.textContent()) ?? ""} · 팅팅`);
    }
  }
  // A title goes with its screen.
  await page.goto("/calendar");
  await expect(page).toHaveTitle("오픈 일정 · 팅팅");
  await page.locator('.nav a[href="/"]').click();
  await expect(page).toHaveTitle("팅팅 · 티켓팅 연습");
  await page.locator('.nav a[href="/me"]').click();
  await expect(page).toHaveTitle("내 정보 · 팅팅");
});
