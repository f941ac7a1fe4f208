/** Every way a race can end, and what its report says. */

import { STEPS } from "../src/store/steps";
import { wordsAreWhole } from "./look";
import {
  expect,
  leave,
  newRace,
  passCaptcha,
  payByPointer,
  pressAtOpening,
  pressLate,
  raceOf,
  reach,
  stepOf,
  test,
} from "./race";
import { endsForGood } from "./reports";
import { chooseSeat, openSection } from "./seats";
import { said } from "./words";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("sold out while one stands in the queue", async ({ page, open }) => {
  await open("selling-out");
  await pressAtOpening(page);
  await reach(page, "queue");
  const report = await endsForGood(page, "sold-out", ["press", "placed"]);
  expect(report.curve.at(-1)?.free).toBe(0);
});

test("the time of the sale runs out, after a press before the opening", async ({ page, open }) => {
  await open("soon-over");
  // Refused, and said so: the button is there to be pressed too early.
  await page.locator(".lobby-press button").click({ force: true });
  await expect(page.locator(".lobby-refused")).toHaveText(await said(page, "lobby_early"));
  await pressAtOpening(page);
  await reach(page, "(queue|captcha)");
  const report = await endsForGood(page, "time-over", ["press", "placed", "admitted"]);
  expect(report.early_presses).toBe(1);
  await expect(page.locator(".figures")).toContainText(await plain(said(page, "report_early")));
});

const plain = async (words: Promise<RegExp>) => new RegExp((await words).source.slice(1, -1));

test("a hold runs out", async ({ page, open }) => {
  await open("short-hold");
  await pressAtOpening(page);
  await openSection(page);
  await chooseSeat(page);
  await page.locator(".sheet-go button").click();
  await reach(page, "price");
  await endsForGood(page, "hold-ended", ["press", "placed", "admitted", "first-seat", "held"]);
});

test("a visit runs out before a seat is chosen", async ({ page, open }) => {
  await open("short-visit");
  await pressAtOpening(page);
  await openSection(page);
  await endsForGood(page, "pass-ended", ["press", "placed", "admitted"]);
});

test("a race that was forgotten ends when too many others begin", async ({ page, open }) => {
  await open("long-queue");
  for (let other = 0; other < 4; other++) await newRace(page, "long-queue");
  await endsForGood(page, "closed", []);
});

test("the time of the sale runs out before anybody presses", async ({ page }) => {
  const { id } = await newRace(page, "soon-over");
  await page.goto(`/race/${id}`);
  const report = await endsForGood(page, "time-over", []);
  expect(report.verdict.kind).toBe("unfinished");
});

test("a seat is paid for", async ({ page }) => {
  const { id } = await newRace(page, "calm");
  await page.goto(`/race/${id}`);
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page, 5);
  await chooseSeat(page);
  await page.locator(".sheet-go button").click();
  await payByPointer(page);
  const report = await endsForGood(page, "paid", [
    "press",
    "placed",
    "admitted",
    "captcha",
    "first-seat",
    "held",
    "paid",
  ]);
  expect(["won", "won-best"]).toContain(report.verdict.kind);
});

test("given up before the opening, a race is still there; given up in the queue, it is told to there", async ({
  page,
  open,
}) => {
  const id = await open("long-queue");
  await page.locator(".frame-tools > button").last().click();
  await expect(page.locator(".home-words h1")).toBeVisible();
  await page.goBack();
  await pressLate(page, id);
  await leave(page);
  await endsForGood(page, "left", ["press", "placed"]);
  expect((await raceOf(page, id)).over).toBe(true);
  // Whatever step is asked for, what is over stays so.
  for (const step of STEPS) {
    await page.goto(`/race/${id}/${step}`);
    await reach(page, "(done|report)");
    await expect(page.locator("h1")).toBeVisible();
    await wordsAreWhole(page, `${step} of a race that is over`);
    expect(stepOf(page)).toBe(step === "report" ? "report" : "done");
  }
});
