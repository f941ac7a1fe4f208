/** A way through every screen there is, stopping at each. */

import type { Page } from "@playwright/test";
import {
  expect,
  fillPayment,
  fillPrice,
  fillReceipt,
  goOn,
  newRace,
  passCaptcha,
  pressAtOpening,
  pressLate,
  reach,
} from "./race";
import { chooseSeat, loseSeat, openSection } from "./seats";

export type Visit = (screen: string) => Promise<void>;

/** First a race that is given up in the queue, then one that is won after a conflict. */
export async function walk(page: Page, look: Visit): Promise<void> {
  const visit: Visit = async (screen) => {
    // A control that commits or leaves takes no press at first: what is looked at is what comes then.
    await expect(page.locator("[data-fresh]")).toHaveCount(0);
    await look(screen);
  };
  await page.goto("/");
  await expect(page.locator(".cards").first()).toBeVisible();
  // The next open race comes once the browser is idle.
  await expect(page.locator(".open-race").first()).toBeVisible();
  await visit("home");
  await loseRace(page, visit);
  await winRace(page, visit);
  await page.goto("/race/0000000000000000/seats");
  await expect(page.locator(".missing h1")).toBeVisible();
  await visit("missing");
}

async function loseRace(page: Page, visit: Visit): Promise<void> {
  const { id } = await newRace(page, "long-queue");
  await page.goto(`/race/${id}`);
  await reach(page, "lobby");
  await expect(page.locator(".lobby-hall canvas, .lobby-hall svg").first()).toBeVisible();
  await visit("lobby");
  await pressLate(page, id);
  await expect(page.locator(".queue-facts")).toBeVisible();
  await visit("queue");
  await page.locator(".frame-tools > button").last().click();
  await expect(page.locator("dialog")).toBeVisible();
  await visit("leave");
  await page.locator("dialog button").last().click();
  await reach(page, "done");
  await visit("lost");
  await page.locator(".done-go button").first().click();
  await reach(page, "report");
  await expect(page.locator(".time-line li").first()).toBeVisible();
  await visit("lost-report");
}

async function winRace(page: Page, visit: Visit): Promise<void> {
  const { id } = await newRace(page, "stale-map");
  await page.goto(`/race/${id}`);
  await pressAtOpening(page);
  await reach(page, "captcha");
  await visit("captcha");
  await passCaptcha(page);
  await reach(page, "sections");
  await expect(page.locator(".seatmap-places button").first()).toBeAttached();
  await visit("sections");
  await openSection(page, 1);
  await chooseSeat(page);
  await visit("seats");
  const list = page.locator(".seatmap-bar button").first();
  await list.click();
  await page.locator(".seatmap-step select").last().selectOption({ index: 1 });
  await expect(page.locator(".seatmap-seat").first()).toBeVisible();
  await visit("list");
  await list.click();
  await loseSeat(page);
  await visit("conflict");
  await page.locator("dialog button").last().click();
  await page.locator(".sheet-go button").click();
  await fillPrice(page);
  await visit("price");
  await goOn(page);
  await fillReceipt(page);
  await visit("receipt");
  await goOn(page);
  await fillPayment(page);
  await visit("payment");
  await goOn(page);
  await reach(page, "done");
  await expect(page.locator(".done-facts")).toBeVisible();
  await visit("done");
  await page.locator(".done-go button").first().click();
  await reach(page, "report");
  await expect(page.locator(".time-line li").first()).toBeVisible();
  await visit("report");
}
