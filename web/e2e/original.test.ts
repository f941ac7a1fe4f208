/** What clients of the service that this one grew from did wrong on the way to a seat, each with a test that ours does not. */

import type { Page } from "@playwright/test";
import type { Plan } from "../src/api/types";
import {
  ask,
  expect,
  fillPayment,
  fillPrice,
  fillReceipt,
  goOn,
  passCaptcha,
  pressAtOpening,
  raceIdOf,
  raceOf,
  reach,
  test,
} from "./race";
import { chooseSeat, chosenSeats, openSection, placeCalled, tapSeat } from "./seats";

test.use({ contextOptions: { reducedMotion: "reduce" } });

const digitsOf = (text: string) => Number(text.replaceAll(/\D/g, ""));

async function planOf(page: Page, id: string): Promise<Plan> {
  const { plan_address } = await raceOf(page, id);
  return ask<Plan>(page, `/api/plans/${plan_address}`);
}

/** What each place on the map is called. */
const labels = (page: Page) =>
  page
    .locator(".seatmap-places button")
    .evaluateAll((places) => places.map((place) => place.getAttribute("aria-label") ?? ""));

async function goIn(page: Page): Promise<void> {
  await pressAtOpening(page);
  await passCaptcha(page);
  await reach(page, "sections");
}

test("O28: grades and prices are those of the hall, and no other grade is named", async ({
  page,
  open,
}) => {
  const id = await open("calm");
  const { grades } = await planOf(page, id);
  const list = page.locator(".grades li");
  await expect(list).toHaveCount(grades.length);
  for (const [at, { name, price_won }] of grades.entries()) {
    await expect(list.nth(at).locator("b")).toHaveText(name);
    expect(digitsOf(await list.nth(at).locator("span").last().innerText())).toBe(price_won);
  }
  await goIn(page);
  await openSection(page, 1);
  const seen = await labels(page);
  expect(seen.length).toBeGreaterThan(10);
  for (const label of seen) {
    const parts = label.split(", ");
    const named = grades.filter(({ name }) =>
      parts.some((part) => part.split(/\s|석/).includes(name)),
    );
    expect(named, label).toHaveLength(1);
    expect(digitsOf(parts.find((part) => /원|₩/.test(part)) ?? ""), label).toBe(
      named[0]?.price_won,
    );
  }
});

test("O30: a second try pays for the seats and the price that were chosen then", async ({
  page,
  open,
}) => {
  await open("calm");
  await goIn(page);
  await openSection(page, 1);
  const first = await chooseSeat(page);
  await page.locator(".sheet-go button").click();
  await reach(page, "price");
  const summary = page.locator(".summary").last();
  await expect(summary).toContainText(first.name);
  const before = digitsOf(await summary.locator(".summary-total dd").innerText());
  await page.locator(".pay-go button").first().click();
  await page.locator("dialog").getByRole("button").last().click();
  await reach(page, "seats");
  await expect(chosenSeats(page)).toHaveCount(0);
  const second = await chooseSeat(page);
  const third = await chooseSeat(page);
  await page.locator(".sheet-go button").click();
  await reach(page, "price");
  await expect(summary).toContainText(second.name);
  await expect(summary).toContainText(third.name);
  if (first.seat !== second.seat && first.seat !== third.seat)
    await expect(summary).not.toContainText(first.name);
  expect(digitsOf(await summary.locator(".summary-total dd").innerText())).toBeGreaterThan(before);
  await fillPrice(page);
  const total = digitsOf(await summary.locator(".summary-total dd").innerText());
  const { you } = await raceOf(page, raceIdOf(page));
  if (you.kind !== "inside" || !you.hold) throw new Error("the seats are held");
  expect([...you.hold.seats].sort()).toEqual([second.seat, third.seat].sort());
  expect(you.hold.total_won).toBe(total);
  await goOn(page);
  await fillReceipt(page);
  await goOn(page);
  await fillPayment(page);
  await expect(summary.locator(".summary-total dd")).toHaveText(/\d/);
  expect(digitsOf(await summary.locator(".summary-total dd").innerText())).toBe(total);
  await goOn(page);
  await reach(page, "done");
});

test("O32: a section that is opened again shows its chosen seat, and a second tap takes it away", async ({
  page,
  open,
}) => {
  const id = await open("calm");
  await goIn(page);
  await openSection(page, 1);
  const { name } = await chooseSeat(page);
  await page.goBack();
  await openSection(page, 2);
  await expect(chosenSeats(page)).toHaveCount(1);
  await page.goBack();
  await openSection(page, 1);
  const place = placeCalled(page, name);
  await expect(place).toHaveAttribute("aria-pressed", "true");
  await tapSeat(page, place, placeCalled(page, name).and(page.locator("[aria-pressed=false]")));
  await expect(chosenSeats(page)).toHaveCount(0);
  const { you } = await raceOf(page, id);
  expect(you.kind === "inside" && you.hold).toBe(null);
});

type Point = { x: number; y: number };

/** The rows on the screen by their names. Each is drawn as long as 1, from its first seat on. */
async function shapesOfRows(page: Page): Promise<Map<string, Point[]>> {
  const places = await page.locator(".seatmap-places button").evaluateAll((all) =>
    all.map((one) => {
      const { x, y } = one.getBoundingClientRect();
      return { label: one.getAttribute("aria-label") ?? "", x, y };
    }),
  );
  const rows = new Map<string, Point[]>();
  for (const { label, x, y } of places) {
    const row = label.split(", ")[0]?.replace(/\s*\S+$/, "") ?? "";
    rows.set(row, [...(rows.get(row) ?? []), { x, y }]);
  }
  for (const [name, seats] of rows) {
    const [first, last] = [seats[0], seats.at(-1)];
    if (!first || !last || seats.length < 3) rows.delete(name);
    else {
      const length = Math.hypot(last.x - first.x, last.y - first.y);
      const drawn = ({ x, y }: Point) => ({ x: (x - first.x) / length, y: (y - first.y) / length });
      rows.set(name, seats.map(drawn));
    }
  }
  return rows;
}

test("O36: a row of seats has one shape and one order in every window", async ({ page, open }) => {
  await open("calm");
  await goIn(page);
  await openSection(page, 1);
  await expect.poll(async () => (await shapesOfRows(page)).size).toBeGreaterThan(1);
  const known = await shapesOfRows(page);
  for (const [name, seats] of known) {
    // One after the other, and nearly on one line: rows may be bent, and none goes on below itself.
    const xs = seats.map(({ x }) => x);
    expect(xs, name).toEqual([...xs].sort((a, b) => a - b));
    for (const { y } of seats) expect(Math.abs(y), name).toBeLessThan(0.2);
  }
  for (const width of [320, 768, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await expect(async () => {
      const shapes = await shapesOfRows(page);
      const same = [...shapes].filter(([name]) => known.has(name));
      expect(same.length, `at ${width}`).toBeGreaterThan(0);
      for (const [name, seats] of same) {
        for (const [at, { x, y }] of seats.entries()) {
          expect(Math.abs(x - (known.get(name)?.[at]?.x ?? Infinity)), name).toBeLessThan(0.02);
          expect(Math.abs(y - (known.get(name)?.[at]?.y ?? Infinity)), name).toBeLessThan(0.02);
        }
      }
    }).toPass({ timeout: 10_000 });
  }
});
