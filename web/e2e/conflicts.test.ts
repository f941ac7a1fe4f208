/** 이선좌: a seat that somebody took first, as each style has it. */

import type { Page } from "@playwright/test";
import { focusIsHere, shoot, violations, wordsAreWhole } from "./look";
import { expect, leave, passCaptcha, pressAtOpening, raceOf, reach, test } from "./race";
import { endsWith } from "./reports";
import {
  chooseSeat,
  chosenSeats,
  contrastOf,
  findShownFree,
  freePlaces,
  openSection,
  placeCalled,
  type SeatOnMap,
  tapSeat,
  truth,
} from "./seats";
import { OF_THE_LINE, said } from "./words";

const digitsOf = (text: string) => text.match(/\d[\d.,:]*\b/g)?.join(" ");

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("O31: a seat that somebody took first is told at once, and all else stays", async ({
  page,
  open,
}) => {
  const id = await open("stale-map");
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page, 1);
  const kept = await chooseSeat(page);
  const lost = await findShownFree(page, id, "gone");
  const place = placeCalled(page, lost.name);
  await tapSeat(page, place, page.locator("dialog"));
  const before = await place.boundingBox();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toHaveAccessibleName(await said(page, "seats_taken_title_plain"));
  await expect(dialog).toHaveAccessibleDescription(new RegExp(lost.name));
  for (const words of [dialog, page.locator(".link-line"), page.locator(".toast")])
    await expect(words).not.toContainText(OF_THE_LINE);
  await expect(dialog.locator("p").nth(1)).toHaveText(await said(page, "seats_taken_late"));
  await expect(dialog.locator("p").nth(2)).toHaveText(await said(page, "seats_taken_age"));
  const [lateBy, viewAge] = (await dialog.locator("p").allTextContents()).slice(1).map(digitsOf);
  // What lies behind is out of reach: Tab stays in the dialog or leaves the page.
  for (let pressed = 0; pressed < 4; pressed++) {
    await page.keyboard.press("Tab");
    const isBehind = await page.evaluate(
      () =>
        document.activeElement?.closest("main, header") &&
        !document.activeElement.closest("dialog"),
    );
    expect(isBehind).toBeFalsy();
  }
  await wordsAreWhole(page, "conflict");
  await shoot(page, "conflict");
  await dialog.getByRole("button").focus();
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await focusIsHere(page, "seats after a conflict");
  expect(await place.boundingBox()).toEqual(before);
  await expect(place).toHaveAttribute("aria-disabled", "true");
  // Free, chosen and gone can each be seen: not only by those to whom the map may move.
  for (const one of [freePlaces(page).first(), placeCalled(page, kept.name), place])
    await expect.poll(() => contrastOf(page, one)).toBeGreaterThanOrEqual(3);
  await expect(chosenSeats(page)).toHaveCount(1);
  await expect(chosenSeats(page).getByRole("button")).toHaveAccessibleName(new RegExp(kept.name));
  expect((await truth(page, id))[kept.seat]).toBe(1);
  await chooseSeat(page);
  await expect(chosenSeats(page)).toHaveCount(2);
  await leave(page);
  const report = await endsWith(page, "left", [
    "press",
    "placed",
    "admitted",
    "captcha",
    "first-seat",
    "held",
  ]);
  expect(report.conflicts.map(({ seat }) => seat)).toContain(lost.seat);
  await expect(page.locator(".clashes").first()).toContainText(lost.name);
  // The report tells the same numbers as the notice did.
  const line = page.locator(".clashes li").filter({ hasText: lost.name }).first();
  const told = await line.locator("span").allTextContents();
  expect(told.map(digitsOf)).toEqual([lateBy, viewAge]);
});

/** Somebody may have been faster with the only seat that was still chosen. */
async function chooseIfNone(page: Page, kept: SeatOnMap): Promise<SeatOnMap> {
  return (await chosenSeats(page).count()) > 0 ? kept : chooseSeat(page);
}

test("M-style: the captcha later, the map by hand, the seats at the end", async ({
  page,
  open,
}) => {
  const id = await open("by-hand");
  await pressAtOpening(page);
  await reach(page, "captcha");
  await shoot(page, "captcha");
  await page.locator(".captcha-later").click();
  await openSection(page, 1);
  const first = await chooseSeat(page);
  expect((await raceOf(page, id)).you).toMatchObject({ kind: "inside", hold: null });
  const early = await findShownFree(page, id, "gone");
  await tapSeat(page, placeCalled(page, early.name), chosenSeats(page).nth(1));
  await shoot(page, "seats");
  await page.locator(".sheet-go button").click();
  // Now the captcha is due. The map after it is a new one: what has gone is no longer chosen.
  await passCaptcha(page);
  await reach(page, "seats");
  await expect(page.locator(".sheet")).toBeVisible();
  await expect(chosenSeats(page).getByRole("button", { name: early.name })).toHaveCount(0);
  const kept = await chooseIfNone(page, first);
  const lost = await findShownFree(page, id, "gone");
  await tapSeat(page, placeCalled(page, lost.name), chosenSeats(page).nth(1));
  await page.locator(".sheet-go button").click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toHaveAccessibleName(await said(page, "seats_taken_title_official"));
  // Somebody may have been faster with the kept one as well, and then the dialog may name that.
  const isLost = (await dialog.textContent())?.includes(lost.name);
  const [named, left] = isLost ? [lost, kept] : [kept, lost];
  expect(await violations(page)).toEqual([]);
  await shoot(page, "conflict");
  const reloaded = page.waitForResponse(/\/seats$/);
  await dialog.getByRole("button").click();
  await reloaded;
  await expect(placeCalled(page, named.name)).toHaveAttribute("aria-disabled", "true");
  await expect(chosenSeats(page).getByRole("button", { name: named.name })).toHaveCount(0);
  // By itself nothing moves; by hand it does.
  const gone = await findShownFree(page, id, "gone");
  await expect(placeCalled(page, gone.name)).not.toHaveAttribute("aria-disabled", "true");
  await page.locator(".map-by-hand button").click();
  await expect(placeCalled(page, gone.name)).toHaveAttribute("aria-disabled", "true");
  await expect(freePlaces(page).first()).toBeAttached();
  const asked = await chooseIfNone(page, left);
  await page.locator(".sheet-go button").click();
  // Somebody may have been faster with the other one as well: then it is chosen anew.
  await expect(page.locator(".price-count, dialog").first()).toBeVisible();
  if ((await page.locator("dialog").count()) > 0) {
    await page.locator("dialog button").click();
    await chooseSeat(page);
    await page.locator(".sheet-go button").click();
  } else {
    expect((await truth(page, id))[asked.seat]).toBe(1);
  }
  await reach(page, "price");
  await leave(page);
  await endsWith(page, "left", ["press", "placed", "admitted", "captcha", "first-seat", "held"]);
});
