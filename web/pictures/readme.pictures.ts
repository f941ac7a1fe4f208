/** The pictures of README: shows, seats, a ticket and a report on a phone, and seats on a desktop in the dark. */

import { writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import {
  expect,
  newRace,
  passCaptcha,
  payByPointer,
  pressAtOpening,
  reach,
  test,
} from "../e2e/race";
import { chooseSeat, openSection } from "../e2e/seats";
import { concertsOf, isShown } from "../e2e/shows";
import { bookingOf, personAt, tell, ticketed } from "../e2e/told";

const PHONE = { width: 390, height: 844 };
const GAP = 20;

/** Into the second section of a hall that a crowd is emptying, with two seats chosen. */
async function chooseTwo(page: Page): Promise<string> {
  const { id } = await newRace(page, "theatre-small");
  await page.goto(`/race/${id}`);
  await pressAtOpening(page);
  // Whoever presses a moment late stands in the queue for some minutes.
  await page.waitForURL(/captcha$/, { timeout: 240_000 });
  await passCaptcha(page);
  await openSection(page, 1);
  await chooseSeat(page);
  await chooseSeat(page);
  return id;
}

async function ticket(page: Page): Promise<void> {
  const cards = await concertsOf(page, "list=soon&rows=30");
  const concert = cards.find(({ title }) => /^[\p{Script=Hangul}\d\s]+$/u.test(title));
  if (!concert) throw new Error("the demo has no Korean title");
  const booking = bookingOf(concert, Date.now());
  await tell(page, "**/api/me", personAt(Date.now()));
  await tell(page, `**/api/bookings/${booking.sale}/${booking.number}`, ticketed(booking));
  await isShown(page, `/me/bookings/${booking.sale}/${booking.number}`);
  await expect(page.locator(".qr svg").first()).toBeVisible();
}

/** Keeps screens beside each other, in a form that takes less room than the pictures of a browser. */
async function keep(page: Page, name: string, shots: readonly Buffer[]): Promise<void> {
  const pictures = shots.map((shot) => `data:image/png;base64,${shot.toString("base64")}`);
  await page.goto("about:blank");
  const whole = await page.evaluate(
    async ({ urls, gap }) => {
      const images = await Promise.all(
        urls.map(async (url) => createImageBitmap(await (await fetch(url)).blob())),
      );
      const edge = images.length > 1 ? gap : 0;
      const canvas = document.createElement("canvas");
      canvas.width = images.reduce((sum, { width }) => sum + width + edge, edge);
      canvas.height = Math.max(...images.map(({ height }) => height)) + 2 * edge;
      const pen = canvas.getContext("2d");
      if (!pen) throw new Error("nothing to draw with");
      pen.fillStyle = "#e4deea";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      let x = edge;
      for (const image of images) {
        pen.drawImage(image, x, edge);
        x += image.width + edge;
      }
      return canvas.toDataURL("image/webp", 0.9);
    },
    { urls: pictures, gap: GAP },
  );
  const path = new URL(`../../docs/pictures/${name}.webp`, import.meta.url);
  await writeFile(path, Buffer.from(whole.split(",")[1] ?? "", "base64"));
}

test("on a phone", async ({ page }) => {
  await page.setViewportSize(PHONE);
  const shots: Buffer[] = [];
  await isShown(page, "/shows");
  shots.push(await page.screenshot());
  const id = await chooseTwo(page);
  shots.push(await page.screenshot());
  await page.locator(".sheet-go button").click();
  await payByPointer(page);
  await ticket(page);
  shots.push(await page.screenshot());
  await page.goto(`/race/${id}/report`);
  await reach(page, "report");
  await expect(page.locator(".verdict h1")).toBeVisible();
  await expect(page.locator(".win-picture img")).toBeVisible();
  await page.locator(".win-picture img").evaluate((img: HTMLImageElement) => img.decode());
  shots.push(await page.screenshot());
  await keep(page, "phone", shots);
});

test.describe("in the dark", () => {
  test.use({ colorScheme: "dark", viewport: { width: 1280, height: 800 } });

  test("on a desktop", async ({ page }) => {
    await chooseTwo(page);
    await keep(page, "desktop", [await page.screenshot()]);
  });
});
