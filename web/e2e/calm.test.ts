/** Nothing that one sees is pushed away by what comes later. */

import type { Page } from "@playwright/test";
import { expect, leave, newRace, pressLate, reach, test } from "./race";
import { said } from "./words";

/** What a page may move in all, as browsers reckon it: the bar of the first page. */
const MOVED_MAX = 0.02;

const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
  { width: 412, height: 823 },
];

/** What the server's answers may be late by, each in turn: whatever comes last must not push. */
const LATE = ["/api/catalogue", "/api/races", "/api/clock", "/api/plans/"];

async function watchMoves(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const moves: { by: number; what: string[] }[] = [];
    Object.assign(window, { moves });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as LayoutShift[]) {
        if (entry.hadRecentInput) continue;
        const what = entry.sources.map(({ node, previousRect, currentRect }) => {
          const name = node instanceof Element ? `${node.tagName}.${node.className}` : "text";
          return `${name} from ${previousRect.x},${previousRect.y} to ${currentRect.x},${currentRect.y}`;
        });
        moves.push({ by: entry.value, what });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

type LayoutShift = {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
};

async function movesOf(page: Page): Promise<{ by: number; what: string[] }[]> {
  return page.evaluate(() => (window as unknown as { moves: [] }).moves);
}

async function lateAnswers(page: Page, late: string): Promise<void> {
  await page.route("**/api/**", async (route) => {
    const isLate = new URL(route.request().url()).pathname.startsWith(late);
    if (isLate) await new Promise((done) => setTimeout(done, 700));
    await route.continue();
  });
}

for (const late of LATE) {
  test(`nothing moves on the first page and in the lobby while ${late} is late`, async ({
    page,
  }) => {
    await watchMoves(page);
    await lateAnswers(page, late);
    const found: string[] = [];
    const { id } = await newRace(page, "long-queue");
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.goto("/");
      await expect(page.locator(".cards").first()).toBeVisible();
      await expect(page.locator(".runs .run").first()).toBeVisible();
      found.push(...told(`home ${size.width}`, await movesOf(page)));
    }
    for (const size of SIZES.slice(0, 1)) {
      await page.setViewportSize(size);
      await page.goto(`/race/${id}`);
      await reach(page, "lobby");
      await expect(page.locator(".lobby-hall canvas")).toBeAttached();
      await expect(page.locator(".lobby-clock span").first()).toBeVisible();
      found.push(...told(`lobby ${size.width}`, await movesOf(page)));
    }
    expect(found).toEqual([]);
  });
}

/** Where what is looked at below the countdown begins. */
const studyAt = async (page: Page) => (await page.locator(".lobby-study").boundingBox())?.y;

async function wait(page: Page, part: string, ms: number): Promise<void> {
  await page.route(`**/api/${part}`, async (route) => {
    await new Promise((done) => setTimeout(done, ms));
    await route.continue();
  });
}

test("a clock that is found to be wrong is told of where a right one is told of", async ({
  page,
}) => {
  const { id } = await newRace(page, "long-lobby");
  await page.goto(`/race/${id}`);
  await expect(page.locator(".lobby-clock span").first()).toBeVisible();
  const right = await studyAt(page);
  await page.addInitScript(() => {
    const begun = performance.timeOrigin;
    Object.defineProperty(performance, "timeOrigin", { get: () => begun + 5_000 });
  });
  await page.reload();
  await expect(page.locator(".lobby-clock")).toHaveText(await said(page, "lobby_clock_ahead"));
  expect(await studyAt(page)).toBe(right);
});

test("the press that skips to the opening leaves its room behind", async ({ page }) => {
  const { id } = await newRace(page, "long-lobby");
  await page.goto(`/race/${id}`);
  const skip = page.locator(".lobby-room .button");
  await expect(skip).toHaveText(await said(page, "lobby_forward"));
  await expect(page.locator(".lobby-clock span").first()).toBeVisible();
  const before = await studyAt(page);
  await skip.click();
  await expect(skip).toHaveCount(0);
  expect(await studyAt(page)).toBe(before);
});

test("a ghost that is heard of late has its room", async ({ page }) => {
  const { id: first } = await newRace(page, "long-queue");
  await page.goto(`/race/${first}`);
  await pressLate(page, first);
  await leave(page);
  await reach(page, "done");
  const { id } = await newRace(page, "long-queue");
  await wait(page, "progress", 600);
  await wait(page, "races", 600);
  await page.goto(`/race/${id}`);
  await expect(page.locator(".lobby-clock span").first()).toBeVisible();
  const before = await studyAt(page);
  await expect(page.locator(".ghost")).toBeVisible();
  expect(await studyAt(page)).toBe(before);
});

function told(screen: string, moves: { by: number; what: string[] }[]): string[] {
  const sum = moves.reduce((all, { by }) => all + by, 0);
  if (sum <= MOVED_MAX) return [];
  return moves.map(({ by, what }) => `${screen}: ${by.toFixed(3)} by ${what.join("; ")}`);
}
