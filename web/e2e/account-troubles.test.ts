/** One's own page, the door and a ticket where the server has not told, or cannot: what is not known is not none. */

import type { Page } from "@playwright/test";
import type { Booking } from "../src/api/show-types";
import { shoot, violations, wordsAreWhole } from "./look";
import { expect, test } from "./race";
import { concertsOf, isShown, nameInLatin } from "./shows";
import { bookingOf, doorTicket, personAt, refuse, tell, ticketed } from "./told";
import { said } from "./words";

test.use({ serviceWorkers: "allow" });

const isFine = async (page: Page, name: string) => {
  await wordsAreWhole(page, name);
  expect(await violations(page), name).toEqual([]);
  await shoot(page, name);
};

const pathOf = ({ sale }: Booking) => `/me/bookings/${sale}/0`;

async function toldBooking(page: Page): Promise<Booking> {
  await nameInLatin(page);
  const [card] = await concertsOf(page, "list=soon&rows=1");
  if (!card) throw new Error("the demo has nothing that opens soon");
  const booking = bookingOf({ ...card, title: "concert a" }, Date.now());
  await tell(page, "**/api/me", personAt(0));
  await tell(page, `**/api/bookings/${booking.sale}/0`, ticketed(booking));
  return booking;
}

test("what the server has not told is not shown as none, and is asked for again by a press", async ({
  page,
}) => {
  await nameInLatin(page);
  const person = personAt(0);
  await tell(page, "**/api/me", { ...person, points_won: null });
  for (const path of ["**/api/points?*", "**/api/rooms", "**/api/bookings?*"])
    await refuse(page, path, 503, "catalogue-away");
  await isShown(page, "/me");
  const parts = page.locator(".me-part");
  const points = parts.nth(0);
  const title = page.locator("h2", { hasText: await said(page, "me_rooms") });
  const rooms = parts.filter({ has: title });
  await expect(points.locator("h2")).toHaveText(await said(page, "points_title"));
  await expect(points.locator(".show-trouble")).toBeVisible();
  await expect(rooms.locator(".show-trouble")).toBeVisible();
  await expect(page.locator("main")).not.toContainText(await said(page, "me_rooms_none"));
  await isFine(page, "me in trouble");
  await tell(page, "**/api/rooms", { rooms: [] });
  await rooms.locator(".show-trouble .button").click();
  await expect(rooms.locator(".note")).toHaveText(await said(page, "me_rooms_none"));
});

test("the door does not send staff away before it knows who they are", async ({ page }) => {
  await tell(page, "**/api/tickets/AVALID", doorTicket("valid", 0));
  await refuse(page, "**/api/me", 503, "server-full");
  await isShown(page, "/door/AVALID");
  const shown = page.locator(".door-shown");
  await expect(shown.locator(".show-trouble")).toBeVisible();
  await expect(shown).not.toContainText(await said(page, "door_only_staff"));
  await isFine(page, "door in trouble");
  await tell(page, "**/api/me", { ...personAt(0), is_administrator: true });
  await shown.locator(".show-trouble .button").click();
  await expect(shown.locator(".button")).toHaveText(await said(page, "door_enter"));
});

test("who cancels too late is told until when that was, and that the booking stays", async ({
  page,
}) => {
  const holds = await toldBooking(page);
  const path = pathOf(holds);
  await isShown(page, path);
  const until = Date.now() - 60_000;
  await page.route(`**/api${path.slice(3)}*`, (route) => {
    const isCancel = route.request().method() === "DELETE";
    const problem = { type: "about:blank", title: "", status: 409, code: "opening-closed" };
    const late = ticketed({ ...holds, cancel_until_ms: until, cancel: null });
    return route.fulfill(isCancel ? { status: 409, json: problem } : { json: late });
  });
  await page.locator(".account-go .button").last().click();
  await expect(page.locator("dialog [role=alert]")).toHaveText(
    await said(page, "booking_cancel_late_at"),
  );
  await isFine(page, "cancel late");
  await page.locator("dialog .button").last().click();
  const firm = page.locator(".booking-page > .note");
  await expect(firm).toHaveText(await said(page, "booking_cancel_late_at"));
  // Before the deadline nothing else than somebody at the door makes it firm.
  await tell(page, `**/api${path.slice(3)}`, ticketed({ ...holds, cancel: null }));
  await isShown(page, path);
  await expect(firm).toHaveText(await said(page, "booking_entered"));
});

test("T10: a booking that was seen opens without a line, for the person who saw it alone", async ({
  page,
  context,
}) => {
  const path = pathOf(await toldBooking(page));
  await isShown(page, path);
  await expect(page.locator(".ticket .qr svg")).toHaveCount(2);
  const codes = await page.locator(".ticket-letters").allInnerTexts();
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
  await page.unrouteAll();
  await context.setOffline(true);
  await page.goto(path);
  await expect(page.locator(".booking-page .show-trouble p")).toHaveText(
    await said(page, "booking_seen"),
  );
  await expect(page.locator(".ticket .qr svg")).toHaveCount(2);
  expect(await page.locator(".ticket-letters").allInnerTexts()).toEqual(codes);
  // Nothing is cancelled by what was seen last.
  await expect(page.locator(".account-go")).toHaveCount(0);
  await isFine(page, "booking without a line");
  await page.goto("/me");
  await page.locator(".booking-head").click();
  await expect(page.locator(".ticket .qr svg")).toHaveCount(2);
  // Whoever really sits there is a guest of their own.
  await context.setOffline(false);
  await page.goto("/me");
  await expect(page.locator(".account h2")).toBeVisible();
  await context.setOffline(true);
  await page.goto(path);
  await expect(page.locator(".show-trouble")).toBeVisible();
  await expect(page.locator(".ticket")).toHaveCount(0);
});
