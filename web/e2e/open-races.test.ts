/** Open races: everybody on the server is in one sale, by one press on the first page. */

import { fileURLToPath } from "node:url";
import { violations, wordsAreWhole } from "./look";
import { expect, leave, pressAtOpening, raceIdOf, raceOf, reach, test } from "./race";
import { newPerson } from "./rooms";
import { Server } from "./server";

const CONFIG = fileURLToPath(new URL("open-races.toml", import.meta.url));

// It opens with one of the clock's next minutes.
const MINUTE_MS = 75_000;
test.slow();

test("an open race is entered by five with one press each, and they are in one sale under given names", async ({
  browser,
}) => {
  const server = new Server(undefined, ["--config", CONFIG]);
  await server.start();
  const people = await Promise.all([1, 2, 3, 4, 5].map(() => newPerson(browser, server.address)));
  const pages = people.map(({ page }) => page);
  const [first] = pages;
  if (!first) throw new Error("unreachable");
  for (const page of pages) await page.goto("/");
  await expect(first.locator(".open-race b")).toBeVisible();
  expect(await violations(first)).toEqual([]);
  await wordsAreWhole(first, "home");
  await Promise.all(pages.map((page) => page.locator(".open-race .button").click()));
  for (const page of pages) await reach(page, "lobby");
  expect(new Set(pages.map(raceIdOf)).size).toBe(1);
  const race = raceIdOf(first);
  await expect(first.locator(".lobby-press button")).not.toHaveAttribute("aria-disabled", "true", {
    timeout: MINUTE_MS,
  });
  await pressAtOpening(first);
  await reach(first, "(queue|captcha)");
  await expect.poll(async () => (await raceOf(first, race)).members).toBe(5);
  await leave(first);
  await reach(first, "done");
  // The run of one is over, the race goes on for the others.
  await pressAtOpening(pages[1] ?? first);
  await reach(pages[1] ?? first, "(queue|captcha)");
  for (const { page, errors } of people) {
    expect(errors, "errors of the page").toEqual([]);
    await page.context().close();
  }
  await server.end();
});
