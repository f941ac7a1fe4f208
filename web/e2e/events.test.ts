/** What may happen on the way: each is said at once, and again in the report. */

import type { Page } from "@playwright/test";
import { focusIsHere, shoot, violations, wordsAreWhole } from "./look";
import {
  expect,
  fillPayment,
  fillPrice,
  fillReceipt,
  goOn,
  leave,
  passCaptcha,
  pressAtOpening,
  pressLate,
  raceIdOf,
  raceOf,
  reach,
  reportOf,
  test,
} from "./race";
import { endsWith } from "./reports";
import { chooseSeat, chosenSeats, openSection, truth } from "./seats";
import { type Key, said } from "./words";

test.use({ contextOptions: { reducedMotion: "reduce" } });

/** The note says each of these sentences. */
async function lossIsSaid(page: Page, keys: readonly Key[]): Promise<void> {
  for (const key of keys)
    await expect(page.locator(".loss-note span").first()).toHaveText(await part(page, key));
}

/** The words of a key, wherever they stand in a text. */
async function part(page: Page, key: Key): Promise<RegExp> {
  return new RegExp((await said(page, key)).source.slice(1, -1));
}

test("back from paying asks first, and then gives the seats back", async ({ page, open }) => {
  const id = await open("stale-map");
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page, 5);
  const held = await chooseSeat(page);
  await page.locator(".sheet-go button").click();
  for (const fill of [fillPrice, fillReceipt]) {
    await fill(page);
    await goOn(page);
  }
  await fillPayment(page);
  await page.goBack();
  await reach(page, "receipt");
  await page.goBack();
  await reach(page, "price");
  await page.goBack();
  const dialog = page.locator("dialog");
  await expect(dialog.locator("h2")).toHaveText(await said(page, "back_title"));
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await reach(page, "price");
  expect((await truth(page, id))[held.seat]).toBe(1);
  await page.locator(".pay-go button").first().click();
  await dialog.getByRole("button").last().click();
  await reach(page, "seats");
  await expect(chosenSeats(page)).toHaveCount(0);
  await focusIsHere(page, "seats after a step back");
  expect((await truth(page, id))[held.seat]).toBe(0);
});

test("a page loaded anew inside, or a second one, costs the place and the seats as the style says", async ({
  page,
  open,
  context,
}) => {
  const id = await open("stale-map");
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page, 5);
  const held = await chooseSeat(page);
  const place = (await raceOf(page, id)).you;
  await page.reload();
  await reach(page, "(queue|captcha)");
  const after = (await raceOf(page, id)).you;
  if (!("place" in place) || !("place" in after)) throw new Error("the visitor has no place");
  expect(after.place).toBeGreaterThan(place.place ?? 0);
  await lossIsSaid(page, ["cost_reopened", "cost_seats"]);
  await shoot(page, "reloaded");
  // Let in again, one begins at the captcha again; a second tab has the same cost, and both know it.
  await passCaptcha(page);
  await reach(page, "sections");
  await expect(chosenSeats(page)).toHaveCount(0);
  expect((await truth(page, id))[held.seat]).toBe(0);
  const other = await context.newPage();
  await other.goto(`/race/${id}/sections`);
  await reach(other, "(queue|captcha)");
  await reach(page, "(queue|captcha)");
  await lossIsSaid(other, ["cost_opened", "cost_pass"]);
  await lossIsSaid(page, ["cost_elsewhere", "cost_pass"]);
  await shoot(page, "other-tab");
  await passCaptcha(other);
  await reach(other, "sections");
  await expect(page.locator(".captcha-input")).toHaveCount(0);
  await wordsAreWhole(page, "the other tab");
  await leave(other);
  await reach(page, "done");
  const report = await endsWith(page, "left", ["press", "placed", "admitted", "captcha"]);
  expect(report.refreshes).toBe(2);
});

test("a refresh in the queue costs the place, and back asks before it gives it up", async ({
  page,
  open,
}) => {
  const id = await open("long-queue");
  await pressLate(page, id);
  await expect(page.locator(".note[data-tone=warn]")).toHaveText(/\S/);
  await expect(page.locator(".announcer [role=status]")).toHaveText(await said(page, "queue_said"));
  const { you } = await raceOf(page, id);
  const first = you.kind === "waiting" ? you.place : 0;
  await expect.poll(async () => (await raceOf(page, id)).counts.given).toBeGreaterThan(first + 5);
  await page.reload();
  await expect
    .poll(async () => {
      const now = (await raceOf(page, id)).you;
      return now.kind === "waiting" ? now.place : 0;
    })
    .toBeGreaterThan(first + 5);
  await expect(page.locator(".queue-facts")).toBeVisible();
  await lossIsSaid(page, ["cost_reopened", "cost_places"]);
  expect(await violations(page)).toEqual([]);
  await shoot(page, "refreshed");
  await page.locator(".loss-note button").click();
  await expect(page.locator(".loss-note")).toHaveCount(0);
  await page.goBack();
  const dialog = page.locator("dialog");
  await expect(dialog).toBeVisible();
  await focusIsHere(page, "the question");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await reach(page, "queue");
  await leave(page);
  const report = await endsWith(page, "left", ["press", "placed"]);
  expect(report.refreshes).toBe(1);
  const refreshed = page.locator(".figures dt", { hasText: await said(page, "report_refreshes") });
  await expect(refreshed.locator("+ dd")).toHaveText(/^1\D?$/);
});

test("whoever asks too often is held back for a moment, and the asking goes on by itself", async ({
  page,
  open,
}) => {
  const id = await open("long-queue");
  await pressLate(page, id);
  // The server's limit is out of a hand's reach: its answer is given in its place.
  const keys: (string | undefined)[] = [];
  await page.route(/\/leave$/, (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    const code = "too-many-requests";
    const refusal = { type: `/problems/${code}`, status: 429, code, retry_after_ms: 20 };
    return keys.length > 2 ? route.continue() : route.fulfill({ status: 429, json: refusal });
  });
  await leave(page);
  await endsWith(page, "left", ["press", "placed"]);
  expect(keys).toEqual([keys[0], keys[0], keys[0]]);
});

test("a machine whose clock is wrong goes by the server's", async ({ page, open }) => {
  const AHEAD_MS = 3_600_000;
  await page.addInitScript((aheadMs) => {
    const real = performance.timeOrigin;
    Object.defineProperty(performance, "timeOrigin", { get: () => real + aheadMs });
  }, AHEAD_MS);
  const id = await open("soon-over");
  await expect(page.locator(".lobby-gap")).toHaveText(await said(page, "lobby_clock_ahead"));
  await pressAtOpening(page);
  await reach(page, "(queue|captcha)");
  const { started_at_ms, opens_at_ms } = await raceOf(page, id);
  const shown = await page.locator(".frame-clock [role=timer]").textContent();
  const opened = await page.evaluate(
    (ms) => new Date(ms).toTimeString().slice(0, 5),
    started_at_ms + opens_at_ms,
  );
  const minute = Number(opened.slice(3));
  expect([opened, `${opened.slice(0, 3)}${String((minute + 1) % 60).padStart(2, "0")}`]).toContain(
    shown?.slice(0, 5),
  );
  await reach(page, "done");
  expect((await reportOf(page, raceIdOf(page))).clock.error_ms).not.toBeNull();
});

test("seats that a reload gave back are told also when nobody queues", async ({ page, open }) => {
  await open("calm");
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page, 0);
  await chooseSeat(page);
  await page.reload();
  await reach(page, "captcha");
  await lossIsSaid(page, ["cost_reopened", "cost_seats", "cost_inside_again"]);
  await wordsAreWhole(page, "after a reload");
  expect(await violations(page)).toEqual([]);
  await shoot(page, "inside-again");
});
