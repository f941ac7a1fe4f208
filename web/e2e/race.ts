/** What a test does in a race: how it begins, and its steps by pointer. */

import { test as base, expect, type Page } from "@playwright/test";
import type { Catalogue, Race, RaceState, RaceView, Report } from "../src/api/types";
import { Server } from "./server";

type Fixtures = {
  /** Opens the first page. */
  start: () => Promise<void>;
  /** Stands in the lobby of a scenario, mostly one of the test's own; tells the race's id. */
  open: (scenario: string) => Promise<string>;
};

export const test = base.extend<Fixtures, { server: Server }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- the runner reads the names out of the pattern
    async ({}, use) => {
      const server = new Server();
      await server.start();
      await warm(server);
      await use(server);
      await server.end();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.address),
  page: async ({ page }, use) => {
    const errors: Error[] = [];
    page.on("pageerror", (error) => errors.push(error));
    await use(page);
    expect(errors, "errors of the page").toEqual([]);
  },
  start: async ({ page }, use) => {
    await use(async () => {
      await page.goto("/");
    });
  },
  open: async ({ page }, use) => {
    await use(async (scenario) => {
      const { id } = await newRace(page, scenario);
      await page.goto("/");
      // From the list of past races: then there is a page to go back to, as for everybody.
      await page.locator(`.run[href*="${id}"]`).click();
      await reach(page, "lobby");
      return id;
    });
  },
});

export { expect };

/**
 * The first to ask waits until all plans are read, the hall of the exercises is laid out and the open races are drawn up:
 * on a busy machine longer than a page waits, or than an exercise lasts.
 */
export async function warm({ address }: Server): Promise<void> {
  const { plans } = (await (await fetch(`${address}/api/catalogue`)).json()) as Catalogue;
  const hall = plans.find(({ name }) => name === HALL_OF_EXERCISES);
  await fetch(`${address}/api/plans/${hall?.address}`);
  await fetch(`${address}/api/open-races`);
}

const HALL_OF_EXERCISES = "theatre";

/** More than a test's queue lets in while a test looks on. */
const LATE = 30;

/** What stays the same of a race and what changes, in one object. */
type Told = Race & RaceState;

export async function newRace(page: Page, scenario: string): Promise<Told> {
  const answer = await page.request.post("/api/races", { data: { scenario } });
  expect(answer.status(), await answer.text()).toBe(201);
  return told((await answer.json()) as RaceView);
}

export async function ask<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(path);
  expect(answer.status(), path).toBe(200);
  return (await answer.json()) as T;
}

export const raceOf = async (page: Page, id: string) =>
  told(await ask<RaceView>(page, `/api/races/${id}`));
export const reportOf = (page: Page, id: string) => ask<Report>(page, `/api/races/${id}/report`);

export async function reach(page: Page, step: string): Promise<void> {
  await page.waitForURL(new RegExp(`/race/[0-9a-f]{16}/${step}$`), { timeout: 60_000 });
}

export const stepOf = (page: Page) => new URL(page.url()).pathname.split("/").at(-1);
export const raceIdOf = (page: Page) => new URL(page.url()).pathname.split("/")[2] ?? "";

/** Waits for the opening, then presses by whatever hand the test has. */
export async function pressAtOpening(
  page: Page,
  press = () => page.locator(".lobby-press button").click(),
): Promise<void> {
  await reach(page, "lobby");
  const button = page.locator(".lobby-press button");
  await expect(button).not.toHaveAttribute("aria-disabled", "true", { timeout: 30_000 });
  await press();
}

/** Presses when others have done so: whoever is among the first is let in at once. */
export async function pressLate(page: Page, id: string): Promise<void> {
  await reach(page, "lobby");
  await expect.poll(async () => (await raceOf(page, id)).counts.given).toBeGreaterThan(LATE);
  await pressAtOpening(page);
  await reach(page, "queue");
}

/** The test's own styles ask for one letter: the alphabet is tried, as nobody but a test would. */
export async function passCaptcha(page: Page): Promise<void> {
  await reach(page, "captcha");
  const field = page.locator(".captcha-input");
  await expect(field).toBeFocused();
  for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
    await field.selectText();
    await page.keyboard.type(letter);
    const answer = page.waitForResponse((response) => response.url().endsWith("/captcha"));
    await page.keyboard.press("Enter");
    const { outcome } = (await (await answer).json()) as { outcome: { kind: string } };
    if (outcome.kind === "captcha-passed") return;
  }
  throw new Error("no letter of the alphabet passed");
}

export async function fillPrice(page: Page): Promise<void> {
  await reach(page, "price");
  for (const count of await page.locator(".price-count").all()) {
    const options = await count.locator("option").count();
    await count.selectOption({ index: options - 1 });
  }
}

export async function fillReceipt(page: Page): Promise<void> {
  await reach(page, "receipt");
  await page.locator(".input").fill("990101");
}

export async function fillPayment(page: Page): Promise<void> {
  await reach(page, "payment");
  await page.locator("input[name=method]").first().check();
  await page.locator("input[type=checkbox]").first().check();
}

export async function goOn(page: Page): Promise<void> {
  await page.locator(".pay-go button").last().click();
}

export async function payByPointer(page: Page): Promise<void> {
  for (const fill of [fillPrice, fillReceipt, fillPayment]) {
    await fill(page);
    await goOn(page);
  }
  await reach(page, "done");
}

/** Gives up, by the way out that every step has. */
export async function leave(page: Page): Promise<void> {
  await page.locator(".frame-tools > button").last().click();
  await page.locator("dialog button").last().click();
}

function told({ race, state }: RaceView): Told {
  return { ...race, ...state };
}
