/** What a test does in a race: the steps by pointer or by keys, and what must hold on every screen. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect, type Locator, type Page } from "@playwright/test";
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
  await shoot(page, name);
}

/** For people to look at; only where a folder for it is named. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  const run = `${test.info().project.name}-${test.info().title}`.replaceAll(/\W+/g, "-");
  await page.screenshot({ path: `${SHOTS}/${run}-${name}.png` });
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

/** Drags the map until the seat lies where nothing covers it, and tells where that is. */
async function bringNear(page: Page, seat: Locator): Promise<{ x: number; y: number } | null> {
  const frame = await page.locator(".seatmap-frame").boundingBox();
  if (!frame) return null;
  const aim = { x: frame.x + frame.width / 2, y: frame.y + frame.height / 3 };
  for (let dragged = 0; dragged < 6; dragged++) {
    const box = await seat.boundingBox();
    if (!box) return null;
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const isNear =
      Math.abs(at.x - aim.x) < frame.width / 4 && Math.abs(at.y - aim.y) < frame.height / 5;
    if (isNear) return at;
    const step = (wanted: number) => Math.max(-120, Math.min(120, wanted));
    await page.mouse.move(aim.x, aim.y);
    await page.mouse.down();
    await page.mouse.move(aim.x + step(aim.x - at.x), aim.y + step(aim.y - at.y), { steps: 4 });
    await page.mouse.up();
    await page.waitForTimeout(400);
  }
  return null;
}

/** Chooses a free seat by a press on it; one that somebody else gets first is answered and another tried. */
export async function chooseSeat(page: Page): Promise<void> {
  const before = await page.locator(".sheet-seat").count();
  const chosen = page.locator(".sheet-seat").nth(before);
  const clash = page.locator("dialog");
  for (let tried = 0; tried < 8; tried++) {
    const free = page.locator(".seatmap-places").getByRole("button", { name: FREE });
    await expect(free.first()).toBeAttached();
    const name = await free.nth(tried % 4).getAttribute("aria-label");
    const seat = page.locator(`.seatmap-places button[aria-label="${name}"]`);
    const at = await bringNear(page, seat);
    if (!at) continue;
    await page.mouse.click(at.x, at.y);
    // A first tap may only bring the seats nearer: then the next one chooses.
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
