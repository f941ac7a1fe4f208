import { STEPS } from "../src/store/steps";
import { focusIsHere, shoot, violations, wordsAreWhole } from "./look";
import {
  expect,
  fillPayment,
  fillPrice,
  fillReceipt,
  goOn,
  passCaptcha,
  payByPointer,
  pressAtOpening,
  raceIdOf,
  raceOf,
  reach,
  test,
} from "./race";
import { endsWith } from "./reports";
import { chooseSeat, openSection } from "./seats";

test("a race is won by pointer, and every screen tells the same of it", async ({ page, start }) => {
  await start();
  const button = page.locator(".home-words button");
  const facts = page.locator(".home-facts");
  await expect(facts).toHaveText(/1,200/);
  const isPhone = (page.viewportSize()?.width ?? 0) < 600;
  const box = await button.boundingBox();
  expect((box?.y ?? 999) + (box?.height ?? 0)).toBeLessThanOrEqual(isPhone ? 600 : 700);
  // One tap, and the countdown runs.
  await button.click();
  await reach(page, "lobby");
  await expect(page.locator(".countdown-number")).toBeVisible();
  const race = await raceOf(page, raceIdOf(page));
  const language = (await page.locator("html").getAttribute("lang")) as keyof typeof race.title;
  const title = race.title[language];
  await expect(page.locator(".lobby-show")).toContainText(title);
  await expect(page.locator(".lobby-show")).toContainText("1,200");
  // Refused, and said so: the button is there to be pressed too early.
  await page.locator(".lobby-press button").click({ force: true });
  await expect(page.locator(".lobby-refused")).not.toBeEmpty();
  await pressAtOpening(page);
  await passCaptcha(page);
  // Where not everybody wants to be: two seats are to be had, one after the other.
  await openSection(page, 5);
  const first = await chooseSeat(page);
  const second = await chooseSeat(page);
  const { you } = await raceOf(page, race.id);
  if (you.kind !== "inside" || !you.hold) throw new Error("no seat is held");
  const { total_won, fee_won } = you.hold;
  const won = (amount: number) => new RegExp(amount.toLocaleString("en-US"));
  const price = (total_won - fee_won) / 2;
  // The same price on the map's legend, in the sheet, and on every step of paying.
  await expect(page.locator(".seatmap-legend")).toContainText(won(price));
  await expect(page.locator(".sheet-total")).toHaveText(won(price * 2));
  await shoot(page, "seats-chosen");
  await page.locator(".sheet-go button").click();
  for (const fill of [fillPrice, fillReceipt, fillPayment]) {
    await fill(page);
    await focusIsHere(page, "a step of paying");
    await expect(page.locator(".window-show")).toHaveText(title);
    const summary = page.locator(".summary");
    for (const part of [first.name, second.name, won(price), won(fee_won), won(total_won)])
      await expect(summary).toContainText(part);
    await goOn(page);
  }
  await reach(page, "done");
  const told = page.locator(".done-facts");
  for (const part of [first.name, second.name, won(total_won)])
    await expect(told).toContainText(part);
  const report = await endsWith(page, "paid", [
    "press",
    "placed",
    "admitted",
    "captcha",
    "first-seat",
    "held",
    "paid",
  ]);
  expect(report.early_presses).toBe(1);
  expect(report.booking?.total_won).toBe(total_won);
  await expect(page.locator(".verdict-end")).toContainText(title);
  for (const part of [first.name, second.name, won(price)])
    await expect(page.locator(".report")).toContainText(part);
  for (const step of STEPS) {
    await page.goto(`/race/${race.id}/${step}`);
    await reach(page, step === "report" ? "report" : "done");
    await expect(page.locator("h1")).toBeVisible();
    await wordsAreWhole(page, `${step} of a race that is won`);
  }
  await reach(page, "report");
  await page.locator(".report-go button").first().click();
  await reach(page, "lobby");
});

test("a wrong address leads to where one may be", async ({ page, open }) => {
  const id = await open("long-queue");
  for (const step of STEPS) {
    await page.goto(`/race/${id}/${step}`);
    await reach(page, "lobby");
    await expect(page.locator("h1")).toBeFocused();
    await wordsAreWhole(page, `${step} before the opening`);
  }
  for (const nowhere of ["/race/0000000000000000/seats", `/race/${id}/vault`, "/nowhere"]) {
    await page.goto(nowhere);
    await expect(page.locator(".missing h1")).toBeFocused();
  }
});

test("a lost line mends itself", async ({ page, start }) => {
  let isCut = false;
  const lines: { close(): Promise<void> }[] = [];
  await page.routeWebSocket(/\/live$/, (line) => {
    if (isCut) void line.close();
    else lines.push(line.connectToServer() && line);
  });
  await start();
  await page.locator(".home-words button").click();
  await reach(page, "lobby");
  await expect.poll(() => lines.length).toBeGreaterThan(0);
  isCut = true;
  for (const line of lines) await line.close();
  await expect(page.locator(".link-line p")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await shoot(page, "broken");
  isCut = false;
  await expect(page.locator(".link-line p")).toHaveCount(0);
  await pressAtOpening(page);
  await reach(page, "(queue|captcha)");
});

test("a server killed in mid-race finds everything as it was", async ({ page, start, server }) => {
  await start();
  await page.locator(".home-words button").click();
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page, 5);
  await chooseSeat(page);
  const seat = await page.locator(".sheet-seat b").first().textContent();
  await server.kill();
  await expect(page.locator(".link-line p")).toBeVisible({ timeout: 30_000 });
  await server.start();
  await expect(page.locator(".link-line p")).toHaveCount(0, { timeout: 30_000 });
  await expect(page.locator(".sheet-seat b").first()).toHaveText(seat ?? "");
  await page.locator(".sheet-go button").click();
  await payByPointer(page);
  await expect(page.locator(".done-facts")).toBeVisible();
});
