/** A real opening of the demo: in from the concert's page, and back to it. */

import { shoot } from "./look";
import { expect, leave, reach, test } from "./race";
import { concertsOf, isShown } from "./shows";
import { said } from "./words";

test("whoever enters an opening stands in its race, and its end leads back to the concert", async ({
  page,
}) => {
  const [card] = await concertsOf(page, "list=on-sale&rows=1");
  if (!card) throw new Error("the demo has nothing on sale");
  await isShown(page, `/concerts/${card.id}`);
  const enter = page.locator(".opening-go .button").first();
  // The rivals of a demo may have taken every seat since it opened; one still enters, and waits for returned seats.
  const [open, soldOut] = [
    await said(page, "opening_enter"),
    await said(page, "opening_enter_sold_out"),
  ];
  await expect(enter).toHaveText(new RegExp(`${open.source}|${soldOut.source}`));
  await shoot(page, "open");
  await enter.click();
  await reach(page, "lobby");
  await page.locator(".lobby-press button").click();
  await reach(page, "(queue|captcha|sections)");
  await leave(page);
  await reach(page, "done");
  // There is no other race like it: the way on is the concert's page.
  await expect(page.locator(".done-go .button")).toHaveCount(2);
  await page.locator(".done-go .button").last().click();
  await expect(page).toHaveURL(new RegExp(`/concerts/${card.id}\\?performance=\\d+$`));
});
