/** Race time that stands still while the server is away, and that jumps ahead where one is alone. */

import { violations } from "./look";
import { expect, newRace, raceOf, reach, test } from "./race";
import { Server } from "./server";
import { said } from "./words";

/** Longer than what counts as an outage. */
const AWAY_MS = 2_500;

test("after an outage the screen says how long race time stood still, and the opening has moved", async ({
  browser,
}) => {
  const server = new Server();
  await server.start();
  const context = await browser.newContext({ baseURL: server.address });
  const page = await context.newPage();
  const { id, opens_at_ms, started_at_ms } = await newRace(page, "long-lobby");
  await page.goto(`/race/${id}`);
  await expect(page.locator(".lobby-hall canvas")).toBeVisible();
  await server.kill();
  const killedMs = Date.now();
  await expect(page.locator(".link-line p")).toHaveText(await said(page, "link_broken"));
  await expect.poll(() => Date.now() - killedMs).toBeGreaterThan(AWAY_MS);
  await server.start();
  await expect(page.locator(".loss-note span")).toHaveText(await said(page, "shift_outage"));
  expect(await violations(page)).toEqual([]);
  const after = await raceOf(page, id);
  expect(after.opens_at_ms).toBe(opens_at_ms);
  expect(after.started_at_ms).toBeGreaterThan(started_at_ms + AWAY_MS / 2);
  await page.locator(".loss-note button").click();
  await expect(page.locator(".loss-note")).toHaveCount(0);
  await context.close();
  await server.end();
});

test("whoever is alone skips to ten seconds before the opening", async ({ page }) => {
  const { id } = await newRace(page, "long-lobby");
  await page.goto(`/race/${id}`);
  await reach(page, "lobby");
  const skip = page.locator(".lobby-now .button");
  await expect(skip).toHaveText(await said(page, "lobby_forward"));
  await skip.click();
  await expect(skip).toHaveCount(0);
  await expect
    .poll(async () => Number((await page.locator(".countdown-number").innerText()).split(".")[0]))
    .toBeLessThanOrEqual(10);
});
