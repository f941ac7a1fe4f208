/** A win: its seat lit on the hall, with a picture and a text to share. */

import { readFile } from "node:fs/promises";
import { shoot, violations, wordsAreWhole } from "./look";
import {
  expect,
  passCaptcha,
  payByPointer,
  pressAtOpening,
  raceIdOf,
  raceOf,
  reach,
  reportOf,
  test,
} from "./race";
import { chooseSeat, openSection } from "./seats";
import { said } from "./words";

test.use({ contextOptions: { reducedMotion: "reduce" } });

/** Width and height of a PNG, out of its head. */
function sizeOf(png: Buffer): [number, number] {
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

test("a win is shared as a picture by the share sheet, saved, and copied as a text", async ({
  page,
  open,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  // A browser for tests has no share sheet.
  await page.addInitScript(() => {
    const taken: { name: string; size: number; text: string }[] = [];
    Object.assign(window, { taken });
    Object.assign(navigator, {
      canShare: () => true,
      share: async ({ files, text }: { files: File[]; text: string }) => {
        for (const { name, size } of files) taken.push({ name, size, text });
      },
    });
  });
  await open("calm");
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page, 5);
  const { name } = await chooseSeat(page);
  await page.locator(".sheet-go button").click();
  await payByPointer(page);

  const picture = page.locator(".win-picture img");
  await expect(picture).toBeVisible();
  expect(await picture.getAttribute("alt")).toContain(name);
  await page.locator(".win-go .button").first().click();
  type Taken = { name: string; size: number; text: string }[];
  const taken = () => page.evaluate(() => (window as unknown as { taken: Taken }).taken);
  await expect.poll(async () => (await taken()).length).toBe(1);
  const [shared] = await taken();
  expect(shared?.size).toBeGreaterThan(10_000);
  expect(shared?.text).toContain(name);
  expect(await violations(page)).toEqual([]);
  await wordsAreWhole(page, "a win");
  await picture.scrollIntoViewIfNeeded();
  await shoot(page, "won");

  await page.locator(".done-go button").first().click();
  await reach(page, "report");
  // Praise comes first, and the seat is lit where it was booked.
  await expect(page.locator(".verdict h1")).toHaveText(/^(축하해요|Well done|おめでとう)/);
  await expect(picture).toBeVisible();
  await expect(page.locator(".hall-marks [data-kind=mine]")).toContainText(name);
  await wordsAreWhole(page, "report of a win");
  await shoot(page, "report");
  await page.locator(".hall-overview").scrollIntoViewIfNeeded();
  await shoot(page, "hall");
  const saving = page.waitForEvent("download");
  await page.locator(".win-go a").click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe("tingting.png");
  expect(sizeOf(await readFile(await saved.path()))).toEqual([1080, 1350]);
  await page.locator(".win-text button").click();
  await expect(page.locator(".win-text [role=status]")).toHaveText(await said(page, "win_copied"));
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain(name);
  expect(text).toContain(new URL(page.url()).origin);
  const report = await reportOf(page, raceIdOf(page));
  expect(report.booking?.seats.length).toBe(1);
  expect((await raceOf(page, raceIdOf(page))).you.kind).toBe("booked");
  await page.reload();
  await expect(picture).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test("where there is no share sheet, that is said, and the picture can be saved", async ({
  page,
  open,
}) => {
  await page.addInitScript(() => Object.assign(navigator, { canShare: undefined }));
  await open("calm");
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page, 5);
  await chooseSeat(page);
  await page.locator(".sheet-go button").click();
  await payByPointer(page);
  await expect(page.locator(".win-go")).toContainText(
    new RegExp((await said(page, "win_no_sheet")).source.slice(1, -1)),
  );
  await expect(page.locator(".win-go > button")).toHaveCount(0);
  await expect(page.locator(".win-go a[download]")).toBeVisible();
});
