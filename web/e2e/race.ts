/** What a test does in a race: the steps by pointer or by keys, and what must hold on every screen. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect, type Page } from "@playwright/test";
import { Server } from "./server";

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);
const SHOTS = process.env["SHOTS"];

export const test = base.extend<{ start: () => Promise<void> }, { server: Server }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- the runner reads the names out of the pattern
    async ({}, use) => {
      const server = new Server();
      await server.start();
      await use(server);
      await server.end();
    },
    { scope: "worker" },
  ],
  start: async ({ page, server }, use) => {
    page.on("pageerror", (error) => {
      throw error;
    });
    await use(async () => {
      await page.goto(`${server.address}/`);
    });
  },
});

export { expect };

type AxeResult = { violations: { id: string; nodes: { target: string[] }[] }[] };

/** No violation of any weight, no sideways scroll, and the focus on what has just come. */
export async function lookAt(page: Page, name: string): Promise<void> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResult>(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`,
  );
  expect(found, `axe on ${name}`).toEqual([]);
  const aside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(aside, `sideways scroll on ${name}`).toBeLessThanOrEqual(0);
  const focused = await page.evaluate(() => document.activeElement?.tagName);
  expect(focused, `focus on ${name}`).not.toBe("BODY");
  if (!SHOTS) return;
  const { name: project } = test.info().project;
  await page.screenshot({
    path: `${SHOTS}/${project}-${test.info().title.replaceAll(/\W+/g, "-")}-${name}.png`,
  });
}

export async function reach(page: Page, step: string): Promise<void> {
  await page.waitForURL(new RegExp(`/race/[0-9a-f]{16}/${step}$`), { timeout: 60_000 });
}

export const stepOf = (page: Page) => new URL(page.url()).pathname.split("/").at(-1);

/** Waits for the opening, then presses by whatever hand the test has. */
export async function pressAtOpening(page: Page, press: () => Promise<void>): Promise<void> {
  await reach(page, "lobby");
  const button = page.locator(".lobby-press button");
  await expect(button).not.toHaveAttribute("aria-disabled", "true", { timeout: 30_000 });
  await press();
}

/** The test's own styles ask for one letter: the alphabet is tried, as nobody but a test would. */
export async function passCaptcha(page: Page): Promise<void> {
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

/** Opens a section by a press on its drawing. */
export async function openSection(page: Page, index = 0): Promise<void> {
  await reach(page, "sections");
  const places = page.locator(".seatmap-places button");
  await expect(places.first()).toBeAttached();
  const box = await places.nth(index).boundingBox();
  if (!box) throw new Error("the section is not drawn");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await reach(page, "seats");
}

const FREE = /선택 가능|available|free/i;

/** Chooses a free seat; one that somebody else gets first is answered and another tried. */
export async function chooseSeat(page: Page): Promise<void> {
  for (let tried = 0; tried < 8; tried++) {
    const seats = page.locator(".seatmap-places button:not([aria-disabled=true])");
    await expect(seats.first()).toBeAttached();
    const before = await page.locator(".sheet-seat").count();
    const frame = await page.locator(".seatmap-frame").boundingBox();
    for (const seat of await seats.all()) {
      const label = (await seat.getAttribute("aria-label")) ?? "";
      const box = await seat.boundingBox();
      if (!FREE.test(label) || !box || !frame) continue;
      const x = box.x + box.width / 2;
      const y = box.y + box.height / 2;
      const isInside =
        x > frame.x + 40 &&
        x < frame.x + frame.width - 80 &&
        y > frame.y &&
        y < frame.y + frame.height / 2;
      if (!isInside) continue;
      await page.mouse.click(x, y);
      break;
    }
    const chosen = page.locator(".sheet-seat").nth(before);
    const clash = page.locator("dialog");
    // A thumb's first tap may only bring the seats nearer.
    await chosen
      .or(clash)
      .first()
      .waitFor({ timeout: 2_500 })
      .catch(() => undefined);
    if (await chosen.isVisible()) return;
    if (await clash.isVisible()) await clash.getByRole("button").last().click();
  }
  throw new Error("every seat was taken first");
}

export async function payByPointer(page: Page): Promise<void> {
  await reach(page, "price");
  await lookAt(page, "price");
  for (const count of await page.locator(".price-count").all()) {
    const options = await count.locator("option").count();
    await count.selectOption({ index: options - 1 });
  }
  await page.locator(".pay-go button").last().click();
  await reach(page, "receipt");
  await lookAt(page, "receipt");
  await page.locator(".input").fill("990101");
  await page.locator(".pay-go button").last().click();
  await reach(page, "payment");
  await lookAt(page, "payment");
  await page.locator("input[name=method]").first().check();
  await page.locator("input[type=checkbox]").first().check();
  await page.locator(".pay-go button").last().click();
}
