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
  return report;
}

function numbersBelowZero(told: unknown, path = "report"): string[] {
  if (typeof told === "number") return told < 0 ? [`${path}: ${told}`] : [];
  if (told === null || typeof told !== "object") return [];
  return Object.entries(told).flatMap(([key, value]) => numbersBelowZero(value, `${path}.${key}`));
}
