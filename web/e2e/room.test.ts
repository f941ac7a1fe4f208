/** Many people in one sale: a room by its link, the watchers, the results, a rematch, and a power cut in between. */

import type { Browser, Page } from "@playwright/test";
import { violations, wordsAreWhole } from "./look";
import { expect, leave, passCaptcha, pressAtOpening, raceIdOf, raceOf, reach, test } from "./race";
import { joinRoom, newPerson, newRoom, type Person, personCalled, pressGo, roomOf } from "./rooms";
import { chooseSeat, openSection, placeCalled, tapSeat } from "./seats";
import { Server } from "./server";
import { said } from "./words";

test.use({ contextOptions: { reducedMotion: "reduce" } });
// Three people go through a race one after the other.
test.slow();

/** A room of three, all in its lobby. */
async function roomOfThree(browser: Browser, baseURL: string, scenario: string) {
  const people = await Promise.all([1, 2, 3].map(() => newPerson(browser, baseURL)));
  const [first, second, third] = people.map(({ page }) => page) as [Page, Page, Page];
  const { code } = await newRoom(first.request, scenario, "하나");
  await first.goto(`/room/${code}`);
  await joinRoom(second, code, "둘");
  await joinRoom(third, code, "셋");
  const close = async () => {
    for (const { page, errors } of people) {
      expect(errors, "errors of the page").toEqual([]);
      await page.context().close();
    }
  };
  return { code, first, second, third, close };
}

test("a room is made with a name and a press, and nobody comes in under a name that cannot be seen", async ({
  page,
}) => {
  await page.goto("/");
  await page.locator(".together a").click();
  const field = page.locator(".field .input").first();
  await field.fill("보이지\u200b않는");
  await page.locator(".stage-go button").click();
  await expect(page.locator(".field [role=alert]")).toHaveText(
    await said(page, "room_name_forbidden"),
  );
  await field.fill("하나");
  await page.locator(".stage-go button").click();
  await page.waitForURL(/\/room\/[a-z2-7]{16}$/);
  await expect(personCalled(page, "하나")).toBeVisible();
  await expect(page.locator(".qr")).toBeVisible();
  await expect(page.locator(".invite-link .input")).toHaveValue(page.url());
  expect(await violations(page)).toEqual([]);
  await wordsAreWhole(page, "room");
});

test("everybody sees who is ready, one has the seat that the others miss, the next is host and calls a rematch", async ({
  browser,
  server,
}) => {
  const { code, first, second, third, close } = await roomOfThree(
    browser,
    server.address,
    "stale-map",
  );
  for (const page of [first, second, third]) await expect(page.locator(".person")).toHaveCount(3);
  await pressGo(second);
  await expect(personCalled(first, "둘").locator("[data-ready]")).toBeVisible();
  await pressGo(first);
  for (const page of [first, second, third]) await reach(page, "lobby");
  const race = raceIdOf(first);
  for (const page of [first, second, third]) {
    expect(raceIdOf(page)).toBe(race);
    await pressAtOpening(page);
    await passCaptcha(page);
    await openSection(page, 1);
  }
  const won = await chooseSeat(first);
  for (const page of [second, third]) {
    await tapSeat(page, placeCalled(page, won.name), page.locator("dialog"));
    await page.locator("dialog button").last().click();
  }
  const { you } = await raceOf(first, race);
  expect(you).toMatchObject({ kind: "inside", hold: { seats: [won.seat] } });
  // Whoever is still in the sale does not watch it.
  await third.goto(`/room/${code}/watch`);
  await expect(third.locator("h1")).toHaveText(await said(third, "watch_refused"));
  await third.locator(".stage-go button").click();
  await leaveRace(first);
  await watchFrom(first, code);
  await leaveRoom(first, code);
  await expect.poll(async () => (await roomOf(second, code)).host).toBe(2);
  await leaveRace(second);
  await second.goto(`/room/${code}/results`);
  await expect(second.locator(".results-table tbody tr[data-you]")).toContainText("둘");
  await leaveRace(third);
  await second.locator(".room-go button").first().click();
  await second.waitForURL(new RegExp(`/room/${code}$`));
  await third.goto(`/room/${code}`);
  await expect(third.locator(".person")).toHaveCount(2);
  expect(await roomOf(third, code)).toMatchObject({ stage: "lobby", rematch: 1 });
  await pressGo(second);
  await reach(second, "lobby");
  await reach(third, "lobby");
  expect(raceIdOf(second)).not.toBe(race);
  await close();
});

test("whoever has the link sees the sealed value before the opening and watches the race without being in it", async ({
  browser,
  server,
}) => {
  const people = await Promise.all([1, 2].map(() => newPerson(browser, server.address)));
  const [host, stranger] = people as [Person, Person];
  const { code } = await newRoom(host.page.request, "calm", "하나");
  await host.page.goto(`/room/${code}`);
  await stranger.page.goto(`/room/${code}`);
  await expect(personCalled(stranger.page, "하나")).toBeVisible();
  await expect(stranger.page.locator(".fair")).toHaveCount(0);
  await pressGo(host.page);
  await expect(stranger.page.locator(".room-count")).toBeVisible();
  const seal = stranger.page.locator(".fair");
  const { commitment } = await roomOf(stranger.page, code);
  const whole = commitment ?? "";
  await expect(seal.locator("summary")).toContainText(`${whole.slice(0, 8)}…${whole.slice(-8)}`);
  await expect(seal.locator(".fair-whole")).toBeHidden();
  await seal.locator("summary").click();
  await expect(seal.locator(".fair-whole")).toHaveText(/^[0-9a-f]{64}$/);
  await expect(seal.locator(".fair-whole")).toHaveText(whole);
  expect(await violations(stranger.page)).toEqual([]);
  await wordsAreWhole(stranger.page, "room");
  await reach(host.page, "lobby");
  await stranger.page
    .locator(".room-go button", { hasText: await said(stranger.page, "room_watch_only") })
    .click();
  await stranger.page.waitForURL(new RegExp(`/room/${code}/watch$`));
  await pressAtOpening(host.page);
  await expect(stranger.page.locator(".watch-hall canvas")).toBeVisible();
  await expect(stranger.page.locator(".steps-name", { hasText: "하나" })).toBeVisible();
  await expect(stranger.page.locator(".steps-list li")).toHaveCount(1);
  expect(await violations(stranger.page)).toEqual([]);
  // Watching makes nobody a member, and the race is not in the watcher's list.
  expect(await roomOf(stranger.page, code)).toMatchObject({ you: null, member_count: 1 });
  const own = await stranger.page.request.get("/api/races");
  expect(await own.json()).toEqual({ races: [] });
  for (const { page, errors } of people) {
    expect(errors, "errors of the page").toEqual([]);
    await page.context().close();
  }
});

/** Gives up whatever one has in the race, wherever one is in it. */
async function leaveRace(page: Page): Promise<void> {
  if (!/\/race\//.test(page.url())) await page.goBack();
  await leave(page);
  await reach(page, "done");
}

async function watchFrom(page: Page, code: string): Promise<void> {
  // The report of a race with others waits for all of them.
  await page.locator(".done-go button").first().click();
  await expect(page.locator("h1")).toHaveText(await said(page, "report_early_title"));
  await page.locator(".report-go button").first().click();
  await page.waitForURL(new RegExp(`/room/${code}/watch$`));
  await expect(page.locator(".watch-hall canvas")).toBeVisible();
  await expect(page.locator(".steps-list li")).toHaveCount(3);
  await expect(page.locator(".steps-name", { hasText: "둘" })).toBeVisible();
  expect(await violations(page)).toEqual([]);
}

async function leaveRoom(page: Page, code: string): Promise<void> {
  await page.goto(`/room/${code}`);
  await page.locator(".room-more > .button").last().click();
  await page.locator(".room-leave button").first().click();
  await page.waitForURL(/\/$/);
}

test("the host removes somebody, who is told and cannot come back, and closes the door on all others", async ({
  browser,
  server,
}) => {
  const { code, first, second, third, close } = await roomOfThree(browser, server.address, "calm");
  await personCalled(first, "셋").locator(".icon-button").click();
  await first.locator(".person-ask button").first().click();
  await expect(third.locator("h1")).toHaveText(await said(third, "room_removed_title"));
  await expect(second.locator(".person")).toHaveCount(2);
  await first.locator(".room-tools-go button").last().click();
  await expect(first.locator(".note")).toHaveText(await said(first, "room_door_closed"));
  const late = await newPerson(browser, server.address);
  await late.page.goto(`/room/${code}`);
  await expect(late.page.locator(".room-go button").first()).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await late.page.context().close();
  await close();
});

test("a room is still there after the server was killed, with everybody in it", async ({
  browser,
}) => {
  const server = new Server();
  await server.start();
  const { code, first, second, close } = await roomOfThree(browser, server.address, "calm");
  await server.kill();
  await expect(first.locator(".room-line p")).toBeVisible();
  await server.start();
  await expect(first.locator(".room-line p")).toHaveCount(0, { timeout: 20_000 });
  expect((await roomOf(first, code)).members.map(({ name }) => name)).toEqual(["하나", "둘", "셋"]);
  await pressGo(first);
  await reach(first, "lobby");
  await reach(second, "lobby");
  await close();
  await server.end();
});

test("a browser inside a chat app hands over to another one by a code", async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({
    baseURL: server.address,
    userAgent:
      "Mozilla/5.0 (Linux; Android 14; SM-S921N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36 KAKAOTALK/10.8.3 (INAPP)",
  });
  const inside = await context.newPage();
  const { code } = await newRoom(inside.request, "calm", "하나");
  await inside.goto(`/room/${code}`);
  await inside.locator(".in-app button").click();
  const digits = (await inside.locator(".in-app-code b").textContent()) ?? "";
  const outside = await newPerson(browser, server.address);
  await outside.page.goto("/handover");
  await outside.page.locator(".hand-over-code").fill(digits);
  await outside.page.locator(".stage-go button").click();
  await outside.page.waitForURL(new RegExp(`/room/${code}$`));
  // The same guest: a member already, and the host.
  await expect(outside.page.locator(".person[data-you]")).toContainText("하나");
  await expect(outside.page.locator(".room-tools")).toBeVisible();
  await context.close();
  await outside.page.context().close();
});
