/** What the map counts and names while others buy: every part of it says the same, and what is true. */

import type { Page } from "@playwright/test";
import { expect, passCaptcha, pressAtOpening, raceOf, reach, test } from "./race";
import { truth } from "./seats";

test.use({ contextOptions: { reducedMotion: "reduce" } });

const POLL = { intervals: [100], timeout: 40_000 };

/** The number that ends a text: "남은 좌석 1,234석" or "1,234 left"; 0 where none is left. */
const numberIn = (text: string) =>
  Number(/([\d,]+)\s*\D*$/.exec(text)?.[1]?.replaceAll(",", "") ?? 0);

/** The free seats that the legend, the names of the sections and the list of sections each add up to. */
async function sums(page: Page) {
  const read = await page.evaluate(() => {
    const texts = (selector: string) =>
      Array.from(document.querySelectorAll(selector), (one) => one.textContent ?? "");
    const labels = Array.from(
      document.querySelectorAll(".seatmap-places button"),
      (one) => one.getAttribute("aria-label") ?? "",
    );
    return {
      legend: texts(".seatmap-left"),
      names: labels.map((label) => label.split(", ").slice(0, -1).join(", ")),
      options: texts(".seatmap-step optgroup option"),
    };
  });
  const sum = (all: string[]) =>
    all.reduce((total, text) => total + numberIn(text.replace(/^.*[,·:] /, "")), 0);
  return { legend: sum(read.legend), names: sum(read.names), options: sum(read.options) };
}

const freeOf = (states: Uint8Array) => states.filter((state) => state === 0).length;

/** What is drawn of the map, once several looks in a row are the same. */
async function pictureAtRest(page: Page): Promise<string> {
  const field = page.locator(".seatmap-field");
  let last = "";
  let same = 0;
  await expect
    .poll(async () => {
      const picture = (await field.screenshot()).toString("base64");
      same = picture === last ? same + 1 : 0;
      last = picture;
      return same;
    }, POLL)
    .toBeGreaterThan(3);
  return last;
}

/** The share of points of two pictures that an eye could tell from each other. */
function differing(page: Page, one: string, other: string): Promise<number> {
  return page.evaluate(
    async (pictures) => {
      const [a, b] = await Promise.all(
        pictures.map(async (picture) => {
          const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
          const bitmap = await createImageBitmap(new Blob([bytes]));
          const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
          pen?.drawImage(bitmap, 0, 0);
          return pen?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
        }),
      );
      let count = 0;
      for (let at = 0; at < (a?.length ?? 0); at += 4) {
        const apart = [0, 1, 2].map((part) =>
          Math.abs((a?.[at + part] ?? 0) - (b?.[at + part] ?? 0)),
        );
        if (Math.max(...apart) > 16) count += 1;
      }
      return (4 * count) / (a?.length ?? 1);
    },
    [one, other],
  );
}

test("while others buy, legend, names, list and drawing follow the seats", async ({
  page,
  open,
}) => {
  const id = await open("watched");
  await pressAtOpening(page);
  await passCaptcha(page);
  await reach(page, "sections");
  await expect(page.locator(".seatmap-places button").first()).toBeAttached();
  await page.locator(".seatmap-bar button").first().click();
  const seats = (await truth(page, id)).length;
  // Parts that stand beside each other never contradict each other.
  const seen = new Set<number>();
  await expect
    .poll(async () => {
      const { legend, names, options } = await sums(page);
      expect([names, options]).toEqual([legend, legend]);
      seen.add(legend);
      return seen.size;
    }, POLL)
    .toBeGreaterThan(1);
  // Nobody buys any more: the map tells what is true.
  await expect
    .poll(async () => {
      const { counts } = await raceOf(page, id);
      return counts.sold + counts.free;
    }, POLL)
    .toBe(seats);
  await expect
    .poll(async () => (await sums(page)).legend, POLL)
    .toBe(freeOf(await truth(page, id)));
  expect((await sums(page)).names).toBe((await sums(page)).legend);
  // What was painted bit by bit is what a map that is painted anew shows.
  const bitByBit = await pictureAtRest(page);
  // The filter is put on and off again; two presses at once would count as one.
  const grade = page.locator(".seatmap-grade").first();
  await grade.click();
  await expect(grade).toHaveAttribute("aria-pressed", "true");
  await pictureAtRest(page);
  await grade.click();
  await expect(grade).toHaveAttribute("aria-pressed", "false");
  expect(await differing(page, bitByBit, await pictureAtRest(page))).toBeLessThan(0.0001);
});
