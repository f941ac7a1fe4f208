/** The report on paper. */

import { expect, newRace, reach, test } from "./race";

test("a report prints black on white, with everything open and nothing to press", async ({
  page,
}) => {
  const { id } = await newRace(page, "soon-over");
  await page.goto(`/race/${id}`);
  await reach(page, "done");
  await page.locator(".done-go button").first().click();
  await reach(page, "report");
  await expect(page.locator(".curve svg")).toBeVisible();
  await page.evaluate(() => {
    document.documentElement.dataset["theme"] = "dark";
  });
  await page.emulateMedia({ media: "print" });
  for (const gone of [".frame", ".stage-go", "summary"])
    await expect(page.locator(gone).first(), gone).toBeHidden();
  await expect(page.locator(".verdict h1")).toHaveCSS("color", "rgb(0, 0, 0)");
  await expect(page.locator("html")).toHaveCSS("background-color", "rgb(255, 255, 255)");
  // What is folded on the screen takes its room on paper.
  for (const table of await page.locator(".behind table").all()) await expect(table).toBeVisible();
  await expect(page.locator(".curve")).toHaveCSS("break-inside", "avoid");
  const height = (await page.locator(".curve").boundingBox())?.height ?? 0;
  expect(height, "a figure is longer than a page").toBeLessThan(900);
});
