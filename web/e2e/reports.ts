/** What every report must hold, however the race ended. */

import type { Page } from "@playwright/test";
import type { Ending, Report, StepKey } from "../src/api/types";
import { focusIsHere, shoot, wordsAreWhole } from "./look";
import { expect, raceIdOf, reach, reportOf } from "./race";
import { type Key, said } from "./words";

const DONE_TITLES: Record<Ending, Key> = {
  paid: "done_paid_title",
  "sold-out": "done_sold_out_title",
  "hold-ended": "done_hold_ended_title",
  "pass-ended": "done_pass_ended_title",
  left: "done_left_title",
  lost: "done_lost_title",
  closed: "done_closed_title",
  "time-over": "done_time_over_title",
  done: "done_done_title",
};

/** The race is over in this way, the page says so, and the report tells the run as far as it went. */
export async function endsWith(page: Page, ending: Ending, reached: StepKey[]): Promise<Report> {
  await reach(page, "done");
  await expect(page.locator("h1")).toHaveText(await said(page, DONE_TITLES[ending]));
  await wordsAreWhole(page, `done, ${ending}`);
  await focusIsHere(page, `done, ${ending}`);
  await shoot(page, "end");
  await page.locator(".done-go button").first().click();
  await reach(page, "report");
  const report = await reportOf(page, raceIdOf(page));
  expect(report.ending).toBe(ending);
  expect(report.steps.filter(({ at_ms }) => at_ms !== null).map(({ key }) => key)).toEqual(reached);
  expect(numbersBelowZero(report)).toEqual([]);
  await expect(page.locator(".verdict h1")).toBeFocused();
  await expect(page.locator(".verdict h1")).toHaveText(/\S{2}/);
  await expect(page.locator(".verdict-advice")).toHaveText(/\S{2}/);
  const steps = page.locator(".time-line li");
  await expect(steps).toHaveCount(report.steps.length);
  await expect(page.locator(".time-line li:not([data-missing])")).toHaveCount(reached.length);
  await expect(page.locator(".time-line li[data-missing] .time-line-at")).toHaveText(
    Array.from({ length: report.steps.length - reached.length }, () => /\S/),
  );
  await wordsAreWhole(page, `report, ${ending}`);
  await shoot(page, "report");
  await staysTold(page, report);
  return report;
}

/** A verdict, its proof and the hall are the same after a reload, and whole on paper. */
async function staysTold(page: Page, { verdict, hall }: Report): Promise<void> {
  const title = page.locator(".verdict h1");
  const told = await title.innerText();
  const parts = [".verdict-advice", ".time-line"];
  if (verdict.what_if !== null) parts.push(".verdict .proof");
  if (hall) parts.push(".report-map canvas");
  await page.reload();
  await expect(title).toHaveText(told.replaceAll(/\s+/g, " "));
  for (const part of parts) await expect(page.locator(part)).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(title).toHaveCSS("color", "rgb(0, 0, 0)");
  for (const part of parts) await expect(page.locator(part), `${part} on paper`).toBeVisible();
  for (const gone of await page.locator(".frame, .stage-go, .whatif, .win-go").all())
    await expect(gone, "nothing to press on paper").toBeHidden();
  await page.emulateMedia({ media: null });
}

function numbersBelowZero(told: unknown, path = "report"): string[] {
  if (typeof told === "number") return told < 0 ? [`${path}: ${told}`] : [];
  if (told === null || typeof told !== "object") return [];
  return Object.entries(told).flatMap(([key, value]) => numbersBelowZero(value, `${path}.${key}`));
}
