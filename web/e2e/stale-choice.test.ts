/** M-style: seats are only chosen until the end, so the reloaded map may show that some have gone. */

import { expect, passCaptcha, pressAtOpening, reach, test } from "./race";
import { chooseSeat, chosenSeats, findShownFree, openSection, placeCalled, tapSeat } from "./seats";
import { said } from "./words";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("O43: a chosen seat that the reloaded map shows taken is let go with a word, and only the rest is asked for", async ({
  page,
  open,
}) => {
  const id = await open("by-hand");
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page, 1);
  const lost = await findShownFree(page, id, "gone");
  await tapSeat(page, placeCalled(page, lost.name), chosenSeats(page).first());
  const kept = await chooseSeat(page);
  await expect(chosenSeats(page)).toHaveCount(2);
  await page.locator(".map-by-hand button").click();
  await expect(page.locator(".sheet-gone")).toHaveText(await said(page, "seats_gone_one"));
  await expect(page.locator(".sheet-gone")).toContainText(lost.name);
  await expect(page.locator(".toast")).toContainText(lost.name);
  await expect(placeCalled(page, lost.name)).toHaveAttribute("aria-pressed", "false");
  // The other one keeps its mark, on the map as in the list.
  await expect(placeCalled(page, kept.name)).toHaveAttribute("aria-pressed", "true");
  await expect(chosenSeats(page)).toHaveCount(1);
  await expect(chosenSeats(page).getByRole("button")).toHaveAccessibleName(new RegExp(kept.name));
  const asked = page.waitForRequest(/\/hold$/);
  await page.locator(".sheet-go button").click();
  expect((await asked).postDataJSON()).toMatchObject({ seats: [kept.seat] });
  await reach(page, "price");
});
