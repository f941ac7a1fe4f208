/** Nothing sticks: what is lost, never answered or late is asked for again, or said, and costs no place and no seat. */

import type { Page } from "@playwright/test";
import { FAULTS, failEachOnce, nothingIsLeft, silence } from "./faults";
import { shoot, violations } from "./look";
import {
  expect,
  fillPayment,
  fillReceipt,
  goOn,
  leave,
  passCaptcha,
  pressAtOpening,
  raceIdOf,
  raceOf,
  reach,
  test,
} from "./race";
import { chooseSeat, chosenSeats, findShownFree, openSection, placeCalled, tapSeat } from "./seats";
import { said } from "./words";

test.use({ contextOptions: { reducedMotion: "reduce" } });

/** Pays at another price than the regular one, which is the only one that must not be asked for. */
async function payReduced(page: Page): Promise<void> {
  await reach(page, "price");
  await page.locator(".price-count").first().selectOption("0");
  await page.locator(".price-off").first().selectOption("1");
  await goOn(page);
  for (const fill of [fillReceipt, fillPayment]) {
    await fill(page);
    await goOn(page);
  }
  await reach(page, "done");
}

for (const fault of FAULTS) {
  test(`a race is won though each kind of request is once ${fault}`, async ({ page, start }) => {
    test.setTimeout(180_000);
    const unasked = await failEachOnce(page, fault);
    await start();
    await expect(page.locator(".cards").first()).toBeVisible();
    await page.locator(".home-words button").click();
    await reach(page, "lobby");
    const id = raceIdOf(page);
    await pressAtOpening(page);
    await reach(page, "captcha");
    await expect
      .poll(() =>
        page.locator(".captcha-picture img").evaluate((img: HTMLImageElement) => img.naturalWidth),
      )
      .toBeGreaterThan(0);
    await passCaptcha(page);
    await openSection(page, 5);
    const { seat } = await chooseSeat(page);
    const { you } = await raceOf(page, id);
    expect(you).toMatchObject({ kind: "inside", hold: { seats: [seat] } });
    await page.locator(".sheet-go button").click();
    await payReduced(page);
    await expect(page.locator(".done-facts")).toBeVisible();
    await page.locator(".done-go button").first().click();
    await expect(page.locator(".time-line li").first()).toBeVisible();
    expect(unasked()).toEqual([]);
    await page.locator(".report-go button").first().click();
    await reach(page, "lobby");
    expect(raceIdOf(page)).not.toBe(id);
    await nothingIsLeft(page);
  });
}

test("a hold that is never answered is spoken of and ends, and the map lives", async ({
  page,
  open,
}) => {
  await open("stale-map");
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page, 5);
  const answer = await silence(page, /\/hold$/);
  const free = await findShownFree(page, raceIdOf(page), "free");
  await tapSeat(page, placeCalled(page, free.name), page.locator(".link-line p"));
  await expect(page.locator(".link-line p")).toHaveText(await said(page, "link_slow"));
  expect(await violations(page)).toEqual([]);
  await shoot(page, "slow");
  await expect(page.locator(".toast p")).toHaveText(await said(page, "unanswered"), {
    timeout: 40_000,
  });
  await shoot(page, "unanswered");
  await answer();
  await chooseSeat(page);
  await expect(chosenSeats(page)).toHaveCount(1);
});

test("an answer that comes late changes nothing in the next race", async ({ page, open }) => {
  const first = await open("stale-map");
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page, 1);
  // Somebody was faster, and that is told when another race is on the screen.
  let tell: (() => Promise<void>) | null = null;
  await page.route(new RegExp(`${first}/hold$`), async (route) => {
    const response = await route.fetch();
    tell ??= () => route.fulfill({ response });
  });
  const gone = await findShownFree(page, first, "gone");
  await tapSeat(page, placeCalled(page, gone.name), page.locator(".link-line p"));
  await leave(page);
  await reach(page, "done");
  await page.locator(".done-go button").last().click();
  await reach(page, "lobby");
  expect(raceIdOf(page)).not.toBe(first);
  await (tell as (() => Promise<void>) | null)?.().catch(() => undefined);
  await nothingIsLeft(page);
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page, 5);
  await nothingIsLeft(page);
  await expect(chosenSeats(page)).toHaveCount(0);
  await chooseSeat(page);
});

test("a map that waits for its plan says so, and a press costs nothing", async ({ page, open }) => {
  const answer = await silence(page, /\/api\/plans\//);
  const id = await open("stale-map");
  await pressAtOpening(page);
  await passCaptcha(page);
  await expect(page.locator(".waiting h1")).toHaveText(await said(page, "waiting_plan"));
  expect(await violations(page)).toEqual([]);
  await shoot(page, "waiting");
  const before = (await raceOf(page, id)).you;
  const askedAnew = page.waitForRequest(/\/api\/plans\//);
  await page.locator(".waiting-go button").first().click();
  await askedAnew;
  await answer();
  await openSection(page, 5);
  const after = (await raceOf(page, id)).you;
  expect("pass" in after && after.pass).toBe("pass" in before && before.pass);
});

test("a race that cannot be opened is opened by a press, and its place is paid once", async ({
  page,
  open,
}) => {
  const id = await open("long-queue");
  await pressAtOpening(page);
  await reach(page, "(queue|captcha)");
  const keys = new Set<string | undefined>();
  await page.route(/\/enter$/, async (route) => {
    keys.add(route.request().headers()["idempotency-key"]);
    // The server has heard it: only the answer is lost.
    await route.fetch();
    await route.abort();
  });
  await page.reload();
  await expect(page.locator(".missing h1")).toHaveText(await said(page, "oops_title"));
  await page.unroute(/\/enter$/);
  await page.reload();
  await reach(page, "queue");
  await expect(page.locator(".queue-facts")).toBeVisible();
  expect(keys.size).toBe(1);
  await leave(page);
  await reach(page, "done");
  expect((await raceOf(page, id)).you).toMatchObject({ kind: "gone", cause: "left" });
});

test("a page whose script is lost offers to open it again", async ({ page }) => {
  let isLost = true;
  await page.route(/\/assets\/index-.*\.js$/, (route) =>
    isLost ? route.abort() : route.continue(),
  );
  await page.goto("/");
  await expect(page.locator(".boot a")).toBeVisible();
  isLost = false;
  await page.locator(".boot a").click();
  await expect(page.locator(".home-words h1")).toBeVisible();
  await expect(page.locator(".boot")).toHaveCount(0);
});
