/** What every report must hold, however the race ended. */

import type { Page } from "@playwright/test";
import type { Ending, Report, StepKey } from "../src/api/types";
import {
  faultsOfLayout,
  focusIsHere,
  foreignWords,
  shoot,
  violations,
  wordsAreWhole,
} from "./look";
import { expect, raceIdOf, reach, reportOf } from "./race";
import { settle, speak } from "./settle";
import { type Key, type Language, said } from "./words";

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

/** The same, and the report is whole after a reload in every language, on every size and on paper. */
export async function endsForGood(page: Page, ending: Ending, reached: StepKey[]): Promise<Report> {
  const report = await endsWith(page, ending, reached);
  await staysTold(page, report);
  return report;
}

const LANGUAGES: readonly Language[] = ["en", "ja", "ko"];
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

/** In every language a verdict, its proof and the hall are there after a reload, on every size and on paper. */
async function staysTold(page: Page, { verdict, hall }: Report): Promise<void> {
  const parts = [".verdict h1", ".verdict-advice", ".time-line"];
  if (verdict.what_if !== null) parts.push(".verdict .proof");
  if (hall) parts.push(".report-map canvas");
  const found: string[] = [];
  for (const language of LANGUAGES) {
    await speak(page, language);
    const title = page.locator(".verdict h1");
    const told = await title.innerText();
    await page.reload();
    await expect(title).toHaveText(told.replaceAll(/\s+/g, " "));
    for (const part of parts) await expect(page.locator(part), part).toBeVisible();
    await wordsAreWhole(page, `report in ${language}`);
    found.push(...(await foreignWords(page, language)).map((line) => `${language}: "${line}"`));
    for (const size of SIZES) {
      await page.setViewportSize(size);
      for (const colorScheme of ["dark", "light"] as const) {
        await page.emulateMedia({ colorScheme });
        await settle(page);
        const at = `${language} ${size.width} ${colorScheme}`;
        found.push(...(await violations(page)).map((fault) => `${at}: ${fault}`));
        await shoot(page, `report ${at}`);
      }
      found.push(...(await faultsOfLayout(page)).map((fault) => `${language}: ${fault}`));
    }
    await isWholeOnPaper(page, parts);
  }
  expect(found).toEqual([]);
}

async function isWholeOnPaper(page: Page, parts: readonly string[]): Promise<void> {
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".verdict h1")).toHaveCSS("color", "rgb(0, 0, 0)");
  for (const part of parts) await expect(page.locator(part), `${part} on paper`).toBeVisible();
  const pressed = ".frame, .stage-go, .whatif, .win-go, .train, .report-part .button";
  for (const gone of await page.locator(pressed).all())
    await expect(gone, "nothing to press on paper").toBeHidden();
  await page.emulateMedia({ media: null });
}

function numbersBelowZero(told: unknown, path = "report"): string[] {
  if (typeof told === "number") return told < 0 ? [`${path}: ${told}`] : [];
  if (told === null || typeof told !== "object") return [];
  return Object.entries(told).flatMap(([key, value]) => numbersBelowZero(value, `${path}.${key}`));
}
