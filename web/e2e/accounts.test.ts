/** Accounts with a real provider: logging in and out, on two devices, and the whole way of a booking with points. */

import { identify, logIn, meOf, newBrowser, newOpening, test } from "./accounts";
import { focusShows, pressByKey, tabTo } from "./keys";
import { focusIsHere, shoot, violations, wordsAreWhole } from "./look";
import {
  expect,
  fillPayment,
  fillPrice,
  fillReceipt,
  goOn,
  passCaptcha,
  pressAtOpening,
  reach,
} from "./race";
import { newRoom, personCalled } from "./rooms";
import { chooseSeat, openSection } from "./seats";
import { concertOf, concertsOf, isShown, settled } from "./shows";
import { said } from "./words";

test.slow();

const numberOf = (text: string) => Number(text.replaceAll(/\D/g, ""));

test("whoever logs in keeps what the guest had, and finds it on a second device", async ({
  page,
  browser,
  server,
}) => {
  const login = `keeper-${test.info().project.name}`;
  const [card] = await concertsOf(page, "list=soon&rows=1");
  if (!card) throw new Error("the demo has nothing that opens soon");
  await isShown(page, `/concerts/${card.id}`);
  await page.locator(".concert .show-like").click();
  await expect.poll(async () => (await concertOf(page, card.id)).card.liked).toBe(true);
  await logIn(page, login);
  expect((await meOf(page)).points_won).toBe(10_000_000);
  await expect(page.locator(".points-balance")).toHaveText("10,000,000P");
  await expect(page.locator(".points-entry")).toHaveCount(1);
  await expect(page.locator(`.show-card a[href="/concerts/${card.id}"]`)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await shoot(page, "me");
  const room = await newRoom(page.request, "calm", "하나");

  const second = await newBrowser(browser, server);
  await logIn(second.page, login);
  await expect(second.page.locator(`.show-card a[href="/concerts/${card.id}"]`)).toBeVisible();
  await expect(second.page.locator(".points-balance")).toHaveText("10,000,000P");
  const rooms = second.page.locator(`.run[href="/room/${room.code}"]`);
  await expect(rooms).toContainText("하나");

  // Out on one device, and still in on the other.
  await page.locator(".account-go .button").first().click();
  await page.waitForURL(/left=out/);
  await expect(page.locator(".log-in .button")).toHaveCount(1);
  await expect(page.locator(`.show-card a[href="/concerts/${card.id}"]`)).toHaveCount(0);
  expect((await meOf(page)).account).toBeNull();
  expect((await meOf(second.page)).account?.name).toBe(login);

  await page.goto("/me");
  await page.locator(".log-in .button").first().click();
  // The provider still knows who this is.
  await page.waitForURL(/\/me$/);
  await expect(page.locator(".account h2")).toHaveText(login);
  await page.goto(`/room/${room.code}`);
  await expect(personCalled(page, "하나")).toBeVisible();
  await second.page.locator(".account-go .button").nth(1).click();
  await expect(second.page.locator("[data-fresh]")).toHaveCount(0);
  await second.page.locator("dialog .button").first().click();
  await second.page.waitForURL(/left=everywhere/);
  // Nobody touches the first device: what it shows is a stranger's now, who is asked for a name.
  await expect(page.locator(".field .input")).toBeVisible();
  expect((await meOf(page)).account).toBeNull();
  expect(second.errors).toEqual([]);
});

test("whoever denies it at the provider stays a guest and is told so", async ({ page }) => {
  await page.goto("/me");
  await page.locator(".log-in .button").first().click();
  await page.waitForURL(/\/interaction\//);
  await page.getByRole("button", { name: "deny" }).click();
  await page.waitForURL(/\/me\?login=denied$/);
  await expect(page.locator(".account [role=alert]")).toHaveText(
    await said(page, "account_login_denied"),
  );
});

test("an opening that asks for an account is booked with points, shown as a ticket, cancelled and refunded", async ({
  page,
  browser,
  server,
}) => {
  const concert = await newOpening(browser, server, false);
  await isShown(page, `/concerts/${concert}`);
  await page.locator(".opening-go .log-in .button").first().click();
  await identify(page, `booker-${test.info().project.name}`);
  // Back at the same performance of the same concert.
  await page.waitForURL(new RegExp(`/concerts/${concert}\\?performance=`));
  await settled(page);
  await page.locator(".opening-go > .button").first().click();
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page);
  await chooseSeat(page);
  await page.locator(".sheet-go button").click();
  await fillPrice(page);
  await goOn(page);
  await fillReceipt(page);
  await goOn(page);
  await reach(page, "payment");
  const sums = page.locator(".summary").first().locator("dd");
  await expect(sums).toHaveCount(3);
  const [before, total, after] = (await sums.allInnerTexts()).map(numberOf);
  expect(before).toBe(10_000_000);
  expect(after).toBe(10_000_000 - (total ?? 0));
  await fillPaymentWithPoints(page);
  await goOn(page);
  await reach(page, "done");
  expect((await meOf(page)).points_won).toBe(after);

  await page
    .locator(".done-go .button")
    .filter({ hasText: await said(page, "ticket_show") })
    .click();
  await expect(page.locator(".ticket .qr svg")).toBeVisible();
  await expect(page.locator(".ticket .show-sign")).toHaveCount(0);
  await wordsAreWhole(page, "ticket");
  expect(await violations(page)).toEqual([]);
  await shoot(page, "ticket");
  const code = (await page.locator(".ticket-letters").innerText()).replaceAll(" ", "");
  const booking = page.url();
  await isShown(page, `/door/${code}`);
  await expect(page.locator(".door-result h2")).toHaveText(await said(page, "door_valid"));

  // By keyboard alone from here on.
  await page.goto(booking);
  const cancel = page.locator(".account-go .button").last();
  await expect(cancel).toBeVisible();
  await expect(page.locator("[data-fresh]")).toHaveCount(0);
  await cancel.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".cancel-sums dd")).toHaveCount(3);
  const refund = numberOf(await page.locator(".cancel-sums dd").last().innerText());
  await focusIsHere(page, "cancel");
  await expect(page.locator("[data-fresh]")).toHaveCount(0);
  await page.locator("dialog .button").first().focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(page.locator(".ticket[data-cancelled]")).toHaveCount(1);
  await expect.poll(async () => (await meOf(page)).points_won).toBe((after ?? 0) + refund);
  await isShown(page, "/me");
  await expect(page.locator(".points-entry")).toHaveCount(3);
  await expect(page.locator(".booking[data-cancelled]")).toHaveCount(1);
  expect(numberOf(await page.locator(".points-balance").innerText())).toBe((after ?? 0) + refund);
  await shoot(page, "refunded");
  await isShown(page, `/door/${code}`);
  await expect(page.locator(".door-result h2")).toHaveText(await said(page, "door_cancelled"));
});

test("a guest pays an opening from the practice purse and has a ticket too", async ({
  page,
  browser,
  server,
}) => {
  const concert = await newOpening(browser, server, true);
  await isShown(page, `/concerts/${concert}`);
  await page.locator(".opening-go > .button").first().click();
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page);
  await chooseSeat(page);
  await page.locator(".sheet-go button").click();
  await fillPrice(page);
  await goOn(page);
  await fillReceipt(page);
  await goOn(page);
  await reach(page, "payment");
  await expect(page.locator(".note")).toHaveText(await said(page, "payment_guest"));
  await fillPayment(page);
  await goOn(page);
  await reach(page, "done");
  // It is no practice: the ticket counts. Its number is the same wherever it stands.
  await expect(page.locator(".done .soft").first()).toHaveText(await said(page, "ticket_issued"));
  const number = await page.locator(".done-facts dd").nth(2).innerText();
  expect(number).toMatch(/^T\d+-0001$/);
  await isShown(page, "/me");
  await expect(page.locator(".booking")).toHaveCount(1);
  await expect(page.locator(".booking")).toContainText(number);
  // Who logs in takes the booking along.
  await logIn(page, `guest-${test.info().project.name}`);
  await expect(page.locator(".booking")).toHaveCount(1);
});

test("whoever deletes their account is a new guest, and begins anew when they come back", async ({
  page,
}) => {
  const login = `leaver-${test.info().project.name}`;
  const [card] = await concertsOf(page, "list=soon&rows=1");
  await logIn(page, login);
  await isShown(page, `/concerts/${card?.id}`);
  await page.locator(".concert .show-like").click();
  await expect.poll(async () => (await concertOf(page, card?.id ?? "")).card.liked).toBe(true);
  await isShown(page, "/me");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("a[download='tingting.json']").click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.json$/);
  // By keyboard alone.
  await pressByKey(page, ".me-part:last-child button");
  await tabTo(page, "dialog input");
  await focusShows(page);
  await page.keyboard.press("Space");
  await expect(page.locator("dialog input")).toBeChecked();
  await pressByKey(page, "dialog .button:last-child");
  await page.waitForURL(/left=deleted/);
  expect((await meOf(page)).account).toBeNull();
  await page.locator(".log-in .button").first().click();
  await page.waitForURL(/\/me$/);
  await expect(page.locator(".points-balance")).toHaveText("10,000,000P");
  await expect(page.locator(".points-entry")).toHaveCount(1);
  await expect(page.locator(`.show-card a[href="/concerts/${card?.id}"]`)).toHaveCount(0);
});

/** With points there is no method to choose. */
async function fillPaymentWithPoints(page: import("@playwright/test").Page): Promise<void> {
  await expect(page.locator("input[name=method]")).toHaveCount(0);
  await page.locator("input[type=checkbox]").first().check();
}
