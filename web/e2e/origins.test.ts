/** Any plain-http name or address in the local network will do: most people open a phone, not `localhost`. */

import {
  expect,
  fillPayment,
  fillPrice,
  fillReceipt,
  goOn,
  passCaptcha,
  pressAtOpening,
  reach,
  test,
} from "./race";
import { chosenSeats, freePlaces, openSection, tapSeat } from "./seats";

const NAME = "concert.test";

test.use({
  contextOptions: { reducedMotion: "reduce" },
  launchOptions: async ({ launchOptions }, use) => {
    const args = [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${NAME} 127.0.0.1`];
    await use({ ...launchOptions, args });
  },
  baseURL: async ({ server }, use) => {
    const address = new URL(server.address);
    address.hostname = NAME;
    await use(address.origin);
  },
});

test("a race is won at a plain-http name, from the first page to the report", async ({
  page,
  start,
}) => {
  let lines = 0;
  page.on("websocket", () => lines++);
  await start();
  // What such an address lacks: if the browser ever offers it there, this test shows nothing.
  const lacks = await page.evaluate(() => [isSecureContext, "randomUUID" in crypto]);
  expect(lacks).toEqual([false, false]);
  await page.locator(".home-words button").click();
  await page.locator(".frame-tools button").first().click();
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page, 5);
  const clash = page.locator("dialog");
  while ((await chosenSeats(page).count()) === 0) {
    await tapSeat(page, freePlaces(page).first(), chosenSeats(page).or(clash));
    if (await clash.isVisible()) await clash.getByRole("button").last().click();
  }
  await page.locator(".sheet-go button").click();
  for (const fill of [fillPrice, fillReceipt, fillPayment]) {
    await fill(page);
    await goOn(page);
  }
  await reach(page, "done");
  await page.locator(".done-go button").first().click();
  await expect(page.locator(".time-line li").first()).toBeVisible();
  expect(lines).toBe(1);
  await expect(page.locator(".link-line p")).toHaveCount(0);
});
