/** A machine that sleeps: right as soon as it wakes. */

import { expect, reach, test } from "./race";

const SLEEP_MS = 9_000;

/** How far the clock on the page is from this machine's, in seconds. */
async function gapOf(shown: string | null): Promise<number> {
  const [hours = 0, minutes = 0, seconds = 0] = (shown ?? "").split(":").map(Number);
  const now = new Date();
  const day = (h: number, m: number, s: number) => h * 3600 + m * 60 + s;
  const real = day(now.getHours(), now.getMinutes(), now.getSeconds());
  return Math.abs(day(hours, minutes, seconds) - real);
}

test("clock, countdown and connection are right within a second of waking", async ({
  page,
  start,
}) => {
  // While a machine sleeps its steady counter stands still, no timer runs, and lines die without a word.
  await page.addInitScript(() => {
    const real = performance.now.bind(performance);
    let sleptMs = 0;
    performance.now = () => real() - sleptMs;
    Object.assign(window, {
      sleepFor: (ms: number) => {
        const end = Date.now() + ms;
        while (Date.now() < end);
        sleptMs += ms;
      },
    });
  });
  let lines = 0;
  let isDead = false;
  await page.routeWebSocket(/\/live$/, (line) => {
    lines++;
    const isFirst = lines === 1;
    const far = line.connectToServer();
    line.onMessage((message) => {
      if (!isFirst || !isDead) far.send(message);
    });
    far.onMessage((message) => {
      if (!isFirst || !isDead) line.send(message);
    });
  });
  await start();
  await page.locator(".home-words button").click();
  await reach(page, "lobby");
  const clock = page.locator(".frame-clock [role=timer]");
  await expect(clock).toBeVisible();
  await expect.poll(async () => gapOf(await clock.textContent())).toBeLessThanOrEqual(1);
  expect(lines).toBe(1);
  isDead = true;
  await page.evaluate((ms) => {
    (window as unknown as { sleepFor(ms: number): void }).sleepFor(ms);
  }, SLEEP_MS);
  await expect
    .poll(async () => gapOf(await clock.textContent()), { timeout: 1_000, intervals: [50] })
    .toBeLessThanOrEqual(1);
  await expect.poll(() => lines, { timeout: 6_000 }).toBeGreaterThan(1);
});
