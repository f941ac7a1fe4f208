/** What the numbers of a race say: time lost after the opening, and seats that are held but not paid for. */

import { wordsAreWhole } from "./look";
import { expect, pressAtOpening, reach, test } from "./race";
import { said } from "./words";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("after the opening the lobby counts up what has passed, and says so", async ({
  page,
  open,
}) => {
  await open("short-hold");
  const words = page.locator(".countdown > .soft");
  await expect(words).toHaveText(await said(page, "lobby_until"));
  await expect(words).toHaveText(await said(page, "lobby_since"));
  await expect(page.locator("h1")).toHaveText(await said(page, "lobby_title_open"));
  const count = async () => Number(await page.locator(".countdown-number").textContent());
  const first = await count();
  await expect.poll(count).toBeGreaterThan(first + 0.5);
});

test("with no seat free, queue and result say so, whoever has paid", async ({ page, open }) => {
  await open("selling-out");
  await pressAtOpening(page);
  await reach(page, "queue");
  const taken = page.locator(".taken");
  const shares = taken.locator("small");
  await expect(shares).toHaveText(await said(page, "taken_shares"));
  await expect(taken.locator("b")).toHaveText(await said(page, "taken_none"));
  // Nobody's seat is lost between the two: what is not paid for is held.
  const percents = (await shares.textContent())?.match(/[\d.]+(?=%)/g) ?? [];
  expect(percents.map(Number).reduce((sum, one) => sum + one, 0)).toBeCloseTo(100, 0);
  await reach(page, "done");
  await expect(taken.locator("b")).toHaveText(await said(page, "taken_none"));
  await wordsAreWhole(page, "a result without a seat");
});
