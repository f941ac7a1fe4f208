/** Everything by keyboard alone: what cannot be reached by Tab cannot be reached at all. */

import { arrive, chooseByKeys, payByKeys, tabTo } from "./keys";
import { focusIsHere } from "./look";
import { expect, passCaptcha, pressAtOpening, reach, test } from "./race";
import { chosenSeats } from "./seats";
import { languageOf } from "./words";

/** A seat as a reader hears it: where it is, what it is, what it costs, and whether it can be had. */
const SEAT_NAMES = {
  ko: /^\d층 [A-C]구역 \d+열 \d+번, (VIP|R|S|A)석, \d+,000원, 선택 가능$/,
  en: /^Level \d [A-C], row \d+, seat \d+, (VIP|R|S|A)[^,]*, ₩\d+,000, available$/,
  ja: /^\d階/,
};

test("a race is won by keyboard alone, from home to report", async ({ page, start }) => {
  await start();
  await tabTo(page, ".home-words button");
  await page.keyboard.press("Enter");
  await arrive(page, "lobby");
  await tabTo(page, ".lobby-press button");
  await pressAtOpening(page, () => page.keyboard.press("Enter"));
  await reach(page, "captcha");
  await passCaptcha(page);
  await arrive(page, "sections");
  await tabTo(page, ".seatmap-places button");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await reach(page, "seats");
  await focusIsHere(page, "seats");
  // Escape goes back to the sections, and the way in is where one left it.
  await tabTo(page, ".seatmap-places button");
  await page.keyboard.press("Escape");
  await reach(page, "sections");
  await focusIsHere(page, "sections again");
  await tabTo(page, ".seatmap-places button");
  await page.keyboard.press("Enter");
  await reach(page, "seats");
  await tabTo(page, ".seatmap-places button");
  const free = page.locator(".seatmap-places button:not([aria-disabled]):not([aria-pressed=true])");
  await expect(free.first()).toHaveAccessibleName(SEAT_NAMES[await languageOf(page)]);
  await chooseByKeys(page);
  await expect(chosenSeats(page)).toHaveCount(1);
  await payByKeys(page);
  await tabTo(page, ".done-go button");
  await page.keyboard.press("Enter");
  await reach(page, "report");
  await expect(page.locator(".verdict h1")).toBeFocused();
});
