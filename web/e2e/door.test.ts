/** The door: whoever stands there reads the codes of tickets, and lets each in once. */

import type { Page } from "@playwright/test";
import { newAdministrator, newOpening, test } from "./accounts";
import { violations, wordsAreWhole } from "./look";
import {
  ask,
  expect,
  fillPayment,
  fillPrice,
  fillReceipt,
  goOn,
  passCaptcha,
  pressAtOpening,
  reach,
} from "./race";
import { chooseSeat, openSection } from "./seats";
import { isShown } from "./shows";
import { doorTicket, personAt, tell } from "./told";
import { type Key, said } from "./words";

test.slow();

/** Books as a guest and opens the booking; tells the codes of its tickets, as they are read out. */
async function book(page: Page, concert: string, seatCount: number): Promise<string[]> {
  await isShown(page, `/concerts/${concert}`);
  await page.locator(".opening-go > .button").first().click();
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page);
  for (let chosen = 0; chosen < seatCount; chosen++) await chooseSeat(page);
  await page.locator(".sheet-go button").click();
  for (const fill of [fillPrice, fillReceipt, fillPayment]) {
    await fill(page);
    await goOn(page);
  }
  await reach(page, "done");
  await page
    .locator(".done-go .button")
    .filter({ hasText: await said(page, "ticket_show") })
    .click();
  await expect(page.locator(".ticket-letters")).toHaveCount(seatCount);
  return page.locator(".ticket-letters").allInnerTexts();
}

async function shows(door: Page, word: Key): Promise<void> {
  await expect(door.locator(".door-result h2")).toHaveText(await said(door, word));
  await wordsAreWhole(door, word);
  expect(await violations(door), word).toEqual([]);
}

/** Types a code, or pastes it as the camera of a phone would tell it. */
async function read(door: Page, text: string): Promise<void> {
  await door.locator(".door-ask input").fill(text);
  await door.locator(".door-ask input").press("Enter");
}

test("a ticket lets one person in, once; one that was cancelled, or is practice, lets nobody in", async ({
  page,
  browser,
  server,
}) => {
  const [one = "", other = ""] = await book(page, await newOpening(browser, server, true), 2);
  const booking = page.url();
  const staff = await newAdministrator(browser, server);
  const door = staff.page;
  await isShown(door, "/me");
  await door.locator('.account a[href="/door"]').click();
  await read(door, "?");
  await expect(door.locator(".door-trouble")).toHaveText(await said(door, "door_no_code"));
  await read(door, "NOTICKET");
  await expect(door.locator(".door-shown .note")).toHaveText(await said(door, "door_unknown"));

  // Read out and typed, in small letters and with the spaces.
  await read(door, one.toLowerCase());
  await shows(door, "door_valid");
  const enter = door.locator(".door-shown .button");
  await expect(door.locator("[data-fresh]")).toHaveCount(0);
  await enter.click();
  await shows(door, "door_let_in");
  await expect(enter).toHaveCount(0);
  // Somebody comes with a copy of the ticket: a scanner types into the field, which kept the focus.
  await expect(door.locator(".door-ask input")).toBeFocused();
  await door.keyboard.type(one);
  await door.keyboard.press("Enter");
  await shows(door, "door_entered");
  await expect(door.locator(".announcer [role=alert]")).toHaveText(
    await said(door, "door_entered"),
  );
  await expect(enter).toHaveCount(0);
  await expect(door.locator(".door-ask input")).toBeFocused();
  await read(door, other);
  await shows(door, "door_valid");
  await read(door, one);
  await shows(door, "door_entered");
  await expect(enter).toHaveCount(0);

  // A booking with which somebody came in is firm.
  await isShown(page, booking);
  await expect(page.getByText(await said(page, "booking_entered"))).toBeVisible();
  const cancel = page.locator(".booking-page .account-go .button");
  await expect(cancel).toHaveCount(0);

  const [cancelled = ""] = await book(page, await newOpening(browser, server, true), 1);
  await expect(page.locator("[data-fresh]")).toHaveCount(0);
  await cancel.click();
  await expect(page.locator("dialog [data-fresh]")).toHaveCount(0);
  await page.locator("dialog .button").first().click();
  await expect(page.locator(".ticket[data-cancelled]")).toHaveCount(1);
  // Pasted with its address, as a QR code holds it.
  await read(door, `${server.address}/door/${cancelled.replaceAll(" ", "")}`);
  await shows(door, "door_cancelled");
  await expect(enter).toHaveCount(0);

  const [practice = ""] = await book(page, await newOpening(browser, server, true, 1), 1);
  await read(door, practice);
  await shows(door, "door_practice");
  await expect(enter).toHaveCount(0);
  expect(staff.errors).toEqual([]);
  await door.context().close();
});

test("the camera goes on from ticket to ticket", async ({ page }) => {
  const { now_ms: now } = await ask<{ now_ms: number }>(page, "/api/clock");
  await page.addInitScript(() => {
    const seen = { code: "" };
    class Reader {
      detect = () => Promise.resolve(seen.code === "" ? [] : [{ rawValue: seen.code }]);
    }
    Object.assign(globalThis, { BarcodeDetector: Reader, seen });
    navigator.mediaDevices.getUserMedia = () =>
      Promise.resolve(document.createElement("canvas").captureStream());
    HTMLMediaElement.prototype.play = () => Promise.resolve();
  });
  const see = (code: string) =>
    page.evaluate((is) => {
      (globalThis as unknown as { seen: { code: string } }).seen.code = is;
    }, code);
  await tell(page, "**/api/me", { ...personAt(now), is_administrator: true });
  await tell(page, "**/api/tickets/AVALID", doorTicket("valid", now));
  await tell(page, "**/api/tickets/ACANCELLED", doorTicket("cancelled", now));
  await isShown(page, "/door");
  await page.locator(".door-go .button").last().click();
  const camera = page.locator(".door-video");
  await camera.evaluate((video) => video.setAttribute("data-same", ""));
  const shown = page.locator(".door-result h2");
  await see("AVALID");
  await expect(shown).toHaveText(await said(page, "door_valid"));
  await see("ACANCELLED");
  await expect(shown).toHaveText(await said(page, "door_cancelled"));
  await expect(page.locator(".door-video[data-same]")).toHaveCount(1);
});
