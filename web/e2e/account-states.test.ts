/** Accounts, points, bookings, tickets and the door in every state, as the server could tell them. */

import type { Page } from "@playwright/test";
import {
  faultsOfLayout,
  focusIsHere,
  foreignWords,
  shoot,
  violations,
  wordsAreWhole,
} from "./look";
import { expect, test } from "./race";
import { concertsOf, isShown, nameInLatin } from "./shows";
import { bookingOf, doorTicket, GUEST, personAt, pointsAt, refuse, tell, ticketed } from "./told";
import { said } from "./words";

async function isFine(page: Page, name: string): Promise<void> {
  await focusIsHere(page, name);
  await wordsAreWhole(page, name);
  expect(await violations(page), name).toEqual([]);
  await shoot(page, name);
}

const codeOf = (state: string) => `A${state.toUpperCase()}`;

async function nowOf(page: Page): Promise<number> {
  const { now_ms } = await (await page.request.get("/api/clock")).json();
  return now_ms;
}

/** Somebody with points, a booking that holds and one that was cancelled. */
async function asPerson(page: Page) {
  await nameInLatin(page);
  const [one, other] = await concertsOf(page, "list=soon&rows=2");
  if (!one || !other) throw new Error("the demo has nothing that opens soon");
  const now = await nowOf(page);
  // Names in letters that belong to no language of the page.
  const inLatin = { venue: "hall", city: "city", performers: ["band"] };
  const holds = bookingOf({ ...one, ...inLatin, title: "concert a" }, now);
  const cancelled = bookingOf({ ...other, ...inLatin, title: "concert b" }, now, {
    sale: "00000000000000b1",
    number: 1,
    seats: holds.seats.slice(0, 1),
    total_won: 165_000,
    cancelled_at_ms: now - 3_600_000,
    refunded_won: 161_000,
    cancel: null,
  });
  await tell(page, "**/api/me", personAt(now));
  await tell(page, "**/api/points?*", pointsAt(now));
  await tell(page, "**/api/bookings?*", { bookings: [holds, cancelled], next: null });
  await tell(page, `**/api/bookings/${holds.sale}/0`, ticketed(holds));
  await tell(page, `**/api/bookings/${cancelled.sale}/1`, ticketed(cancelled));
  return { holds, cancelled, now };
}

test("one's own page shows who one is, the points by days, and bookings with cancelled ones kept", async ({
  page,
}) => {
  await asPerson(page);
  await isShown(page, "/me");
  await expect(page.locator(".account h2")).toHaveText("minji");
  await expect(page.locator(".points-balance")).toHaveText("9,670,000P");
  await expect(page.locator(".points-day")).toHaveCount(3);
  await expect(page.locator(".points-entry")).toHaveCount(4);
  await expect(page.locator(".booking")).toHaveCount(2);
  await expect(page.locator(".booking[data-cancelled]")).toHaveCount(1);
  await isFine(page, "me");
  await page.locator(".account-go .button").nth(1).click();
  await expect(page.locator("dialog")).toBeVisible();
  await isFine(page, "everywhere");
});

test("a guest is told what an account gives, and every way to log in leads back", async ({
  page,
}) => {
  await tell(page, "**/api/me", GUEST);
  await isShown(page, "/me");
  const ways = page.locator(".log-in .button");
  await expect(ways).toHaveCount(2);
  await expect(ways.first()).toHaveAttribute("href", "/login/kakao?to=%2Fme");
  await isFine(page, "guest");
  for (const [code, key] of [
    ["denied", "account_login_denied"],
    ["expired", "account_login_expired"],
    ["administrator", "account_login_administrator"],
    ["failed", "account_login_failed"],
    ["what-is-this", "account_login_failed"],
  ] as const) {
    await isShown(page, `/me?login=${code}`);
    await expect(page.locator(".account [role=alert]")).toHaveText(await said(page, key));
  }
  await isFine(page, "log-in failed");
});

test("where nobody can log in, the page says so", async ({ page }) => {
  await tell(page, "**/api/me", { ...GUEST, providers: [] });
  await isShown(page, "/me");
  await expect(page.locator(".account p")).toHaveText(await said(page, "account_no_providers"));
  await expect(page.locator(".log-in")).toHaveCount(0);
});

test("a booking shows a ticket for each seat, and its cancelling says first what it costs", async ({
  page,
}) => {
  const { holds } = await asPerson(page);
  await isShown(page, "/me");
  await page.locator(".booking-head").first().click();
  await expect(page).toHaveURL(new RegExp(`/me/bookings/${holds.sale}/0$`));
  await expect(page.locator(".ticket .qr svg")).toHaveCount(2);
  // A reader is told what the picture is, and the code itself stands beside it.
  await expect(page.locator(".qr svg").first()).toHaveAccessibleName(await said(page, "ticket_qr"));
  await expect(page.locator(".ticket-letters").first()).toHaveText(/^ZK3VQ /);
  await isFine(page, "booking");
  let cancelled = 0;
  await page.route(`**/api/bookings/${holds.sale}/0*`, (route) => {
    if (route.request().method() !== "DELETE") return route.fallback();
    cancelled++;
    return route.fulfill({ status: 204 });
  });
  await page.locator(".account-go .button").last().click();
  const sums = page.locator(".cancel-sums dd");
  await expect(sums).toHaveText([/334,000/, /8,000/, /326,000/]);
  await expect(page.locator("[data-fresh]")).toHaveCount(0);
  await isFine(page, "cancel");
  expect(cancelled).toBe(0);
  await page.locator("dialog .button").first().click();
  await expect.poll(() => cancelled).toBe(1);
  await expect(page.locator("dialog")).toHaveCount(0);
});

test("a practice ticket says plainly what it is, and a cancelled one has no code", async ({
  page,
}) => {
  const { holds, cancelled } = await asPerson(page);
  await isShown(page, `/me/bookings/${cancelled.sale}/1`);
  await expect(page.locator(".ticket[data-cancelled]")).toHaveCount(1);
  await expect(page.locator(".qr")).toHaveCount(0);
  await expect(page.locator(".account-go")).toHaveCount(0);
  await isFine(page, "booking cancelled");
  const practice = { ...holds, is_practice: true, paid_with: "purse" as const };
  await tell(page, `**/api/bookings/${holds.sale}/0`, ticketed(practice));
  await isShown(page, `/me/bookings/${holds.sale}/0`);
  await expect(page.locator(".ticket .show-sign")).toHaveText([
    await said(page, "ticket_practice"),
    await said(page, "ticket_practice"),
  ]);
  await isFine(page, "booking practice");
  await refuse(page, `**/api/bookings/${holds.sale}/9`, 404, "no-such-booking");
  await isShown(page, `/me/bookings/${holds.sale}/9`);
  await expect(page.locator("h1")).toHaveText(await said(page, "booking_gone"));
  await isFine(page, "booking gone");
});

test("deleting says what happens, and does nothing without the tick", async ({ page }) => {
  await asPerson(page);
  let deleted = 0;
  await page.route("**/api/me", (route) => {
    if (route.request().method() !== "DELETE") return route.fallback();
    deleted++;
    return route.fulfill({ status: 204 });
  });
  await isShown(page, "/me");
  await page.evaluate(() => localStorage.setItem("tingting.name", "minji"));
  await page.locator(".me-part").last().locator("button").click();
  await expect(page.locator(".account-ends li")).toHaveCount(4);
  await expect(page.locator("[data-fresh]")).toHaveCount(0);
  // It looks as if it could not be pressed, but says why when it is.
  await page.locator("dialog .button").last().click({ force: true });
  await expect(page.locator("dialog [role=alert]")).toHaveText(
    await said(page, "account_delete_tick"),
  );
  await isFine(page, "delete");
  expect(deleted).toBe(0);
  await page.locator("dialog input").check();
  await page.locator("dialog .button").last().click();
  await expect(page).toHaveURL(/\/me\?left=deleted$/);
  expect(deleted).toBe(1);
  await expect(page.locator(".account .note")).toBeVisible();
  await expect(page.locator(".account .note")).toHaveText(await said(page, "account_left_deleted"));
  expect(await page.evaluate(() => localStorage.getItem("tingting.name"))).toBeNull();
});

test("the door tells by a shape and a word how a ticket stands", async ({ page }) => {
  const now = await nowOf(page);
  await nameInLatin(page);
  await tell(page, "**/api/me", { ...personAt(now), is_administrator: true });
  await isShown(page, "/door");
  await page.locator(".door-ask .button").first().click();
  await expect(page.locator(".door-trouble")).toHaveText(await said(page, "door_no_code"));
  const shapes = new Set<string | null>();
  for (const state of ["valid", "practice", "cancelled", "entered"] as const) {
    await tell(page, `**/api/tickets/${codeOf(state)}`, doorTicket(state, now));
    await page.locator(".door-ask input").fill(`https://x.example/door/${codeOf(state)}`);
    await page.keyboard.press("Enter");
    await expect(page.locator(".door-result h2")).toHaveText(await said(page, `door_${state}`));
    await expect(page).toHaveURL(new RegExp(`/door/${codeOf(state)}$`));
    shapes.add(await page.locator(".door-shape path").getAttribute("d"));
    await expect(page.locator(".door-shown .button")).toHaveCount(state === "valid" ? 1 : 0);
    await isFine(page, `door ${state}`);
  }
  expect(shapes.size).toBe(4);
  await page.route("**/api/tickets/AVALID/enter", (route) =>
    route.fulfill({ json: doorTicket("entered", now) }),
  );
  await isShown(page, "/door/AVALID");
  await expect(page.locator("[data-fresh]")).toHaveCount(0);
  await page.locator(".door-shown .button").click();
  await expect(page.locator(".door-result h2")).toHaveText(await said(page, "door_let_in"));
  await isFine(page, "door let in");
  await refuse(page, "**/api/tickets/ALIE", 404, "no-such-ticket");
  await isShown(page, "/door/ALIE");
  await expect(page.locator(".door-shown [role=alert]")).toHaveText(
    await said(page, "door_unknown"),
  );
});

for (const language of ["ko", "en", "ja"] as const)
  test(`accounts, tickets and the door speak ${language} and fit every width`, async ({ page }) => {
    const { holds, now } = await asPerson(page);
    await tell(page, "**/api/tickets/AVALID", doorTicket("valid", now));
    await page.addInitScript((is) => localStorage.setItem("tingting.language", is), language);
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      for (const path of ["/me", `/me/bookings/${holds.sale}/0`, "/door/AVALID"]) {
        await isShown(page, path);
        // A control that commits or leaves takes no press at first.
        await expect(page.locator("[data-fresh]")).toHaveCount(0);
        expect(await foreignWords(page, language), path).toEqual([]);
        expect(await faultsOfLayout(page), `${path} at ${width}`).toEqual([]);
      }
    }
  });
