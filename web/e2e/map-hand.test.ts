/** Where the map opens, what a tap means, and where the keys lead. */

import type { Page } from "@playwright/test";
import type { Plan } from "../src/api/types";
import { rowsDirection } from "../src/seatmap/hand/keyboard";
import { type Hall, parsePlan } from "../src/seatmap/plan/plan";
import { ask, expect, passCaptcha, pressAtOpening, raceOf, reach, test } from "./race";
import { atRest, chosenSeats, freePlaces, openSection, truth } from "./seats";

test.use({ contextOptions: { reducedMotion: "reduce" } });

const POLL = { intervals: [50] };
const SECTION = 1;
/** From seat to seat, in pixels: from here a finger may choose. */
const PITCH = 32;
const HEADER_BYTES = 16;
const SOLD = 2;

async function hallOf(page: Page, id: string): Promise<Hall> {
  const { plan_address } = await raceOf(page, id);
  return parsePlan(await ask<Plan>(page, `/api/plans/${plan_address}`));
}

async function enterMap(page: Page): Promise<void> {
  await pressAtOpening(page);
  await passCaptcha(page);
  await reach(page, "sections");
  await expect(page.locator(".seatmap-places button").first()).toBeAttached();
}

/** How the plan lies on the screen, and the part of the screen that shows it. */
async function view(page: Page) {
  const frame = await page.locator(".seatmap-field").boundingBox();
  const moved = await page.locator(".seatmap-places").evaluate((places) => {
    const { a, e, f } = new DOMMatrix(getComputedStyle(places).transform);
    return { k: a, x: e, y: f };
  });
  if (!frame) throw new Error("the map is not there");
  return { ...moved, frame };
}

type Point = { x: number; y: number };

async function placeOf(page: Page, hall: Hall, seat: number): Promise<Point> {
  const { k, x, y, frame } = await view(page);
  return {
    x: (hall.x[seat] ?? 0) * k + x + frame.x,
    y: (hall.y[seat] ?? 0) * k + y + frame.y,
  };
}

/** Whether nothing but seats is drawn at a point: no button, no small map, no ruler, no sheet. */
function isOpen(page: Page, at: Point): Promise<boolean> {
  return page.evaluate(({ x, y }) => {
    const top = document.elementFromPoint(x, y);
    return top !== null && top.matches(".seatmap-field, .seatmap-canvas");
  }, at);
}

/** What covers the ring around the seat in focus: empty if it is seen whole. */
async function coveredOf(page: Page, hall: Hall, seat: number): Promise<Point[]> {
  const at = await placeOf(page, hall, seat);
  const radius = ((await view(page)).k * hall.pitch) / 2;
  const covered: Point[] = [];
  for (let turn = 0; turn < 8; turn++) {
    const angle = (turn * Math.PI) / 4;
    const point = { x: at.x + radius * Math.cos(angle), y: at.y + radius * Math.sin(angle) };
    if (!(await isOpen(page, point))) covered.push(point);
  }
  return covered;
}

test("a section opens where it has free seats, and the keyboard begins at one of them", async ({
  page,
  open,
}) => {
  const id = await open("by-hand");
  const hall = await hallOf(page, id);
  const about = hall.sections[SECTION];
  if (!about) throw new Error("the hall has one section");
  // All rows but the last four are gone.
  const gone = hall.rowStart[about.rowTo - 4] ?? 0;
  await page.route(/\/api\/races\/\w+\/seats$/, async (route) => {
    const answer = await route.fetch();
    const bytes = await answer.body();
    for (let seat = about.seatFrom; seat < gone; seat++) {
      const at = HEADER_BYTES + (seat >> 2);
      const shift = (seat & 3) * 2;
      bytes[at] = ((bytes[at] ?? 0) & ~(3 << shift)) | (SOLD << shift);
    }
    await route.fulfill({ response: answer, body: bytes });
  });
  await enterMap(page);
  await openSection(page, SECTION);
  const start = page.locator(".seatmap-places button[tabindex='0']");
  await expect(start).not.toHaveAttribute("aria-disabled", "true");
  const states = await truth(page, id);
  const shown: number[] = [];
  for (let seat = gone; seat < about.seatTo; seat++) {
    if (states[seat] === 0 && (await isOpen(page, await placeOf(page, hall, seat))))
      shown.push(seat);
  }
  expect(shown.length).toBeGreaterThan(5);
});

test("where seats are drawn large, a tap chooses a seat though its section is not open", async ({
  page,
  open,
}) => {
  const id = await open("watched");
  const hall = await hallOf(page, id);
  await enterMap(page);
  // Nobody buys any more.
  await expect
    .poll(async () => {
      const { counts } = await raceOf(page, id);
      return counts.sold + counts.free;
    }, POLL)
    .toBe(hall.seats);
  const nearer = page.locator(".seatmap-controls button").first();
  await expect
    .poll(async () => {
      await nearer.click();
      await atRest(page.locator(".seatmap-places button").first());
      return (await view(page)).k * hall.pitch;
    }, POLL)
    .toBeGreaterThan(PITCH);
  const states = await truth(page, id);
  let aim: Point | null = null;
  for (let seat = 0; seat < hall.seats && !aim; seat++) {
    const at = await placeOf(page, hall, seat);
    if (states[seat] === 0 && (await isOpen(page, at))) aim = at;
  }
  if (!aim) throw new Error("no free seat is in sight");
  const before = await view(page);
  await (test.info().project.use.hasTouch
    ? page.touchscreen.tap(aim.x, aim.y)
    : page.mouse.click(aim.x, aim.y));
  await expect(chosenSeats(page)).toHaveCount(1);
  await reach(page, "seats");
  // The map stays where the hand has put it.
  expect(await view(page)).toEqual(before);
});

test("arrow keys go from free seat to free seat, and nothing ever covers the one in focus", async ({
  page,
  open,
}) => {
  const id = await open("watched");
  const hall = await hallOf(page, id);
  await enterMap(page);
  await expect
    .poll(async () => {
      const { counts } = await raceOf(page, id);
      return counts.sold + counts.free;
    }, POLL)
    .toBe(hall.seats);
  await openSection(page, SECTION);
  const size = page.viewportSize();
  for (const low of [size, { width: 640, height: 400 }]) {
    if (low) await page.setViewportSize(low);
    await freePlaces(page).first().focus();
    for (const key of [
      "End",
      "ArrowDown",
      "ArrowDown",
      "ArrowLeft",
      "PageDown",
      "Home",
      "PageDown",
    ]) {
      await page.keyboard.press(key);
      const focused = page.locator(".seatmap-places button:focus");
      await expect(focused).not.toHaveAttribute("aria-disabled", "true");
      const at = await atRest(focused);
      if (!at) throw new Error("nothing has the focus");
      const { k, x, y, frame } = await view(page);
      const middle = {
        x: (at.x + at.width / 2 - frame.x - x) / k,
        y: (at.y + at.height / 2 - frame.y - y) / k,
      };
      expect(await coveredOf(page, hall, nearest(hall, middle)), key).toEqual([]);
    }
  }
  // With Shift they stop at taken seats too.
  const states = await truth(page, id);
  await goToTakenRow(page, hall, states);
  const taken = page.locator(".seatmap-places button:focus[aria-disabled=true]");
  await page.keyboard.press("Shift+Home");
  for (let pressed = 0; pressed < hall.seats && (await taken.count()) === 0; pressed++)
    await page.keyboard.press("Shift+ArrowRight");
  await expect(taken).toHaveCount(1);
});

/** Takes the focus to the first row of the section in which somebody has a seat. */
async function goToTakenRow(page: Page, hall: Hall, states: Uint8Array): Promise<void> {
  const about = hall.sections[SECTION];
  if (!about) throw new Error("the hall has one section");
  const seats = Array.from({ length: about.seatTo - about.seatFrom }, (_, i) => about.seatFrom + i);
  const row = hall.row[seats.find((seat) => states[seat] !== 0) ?? -1];
  if (row === undefined) throw new Error("nobody has a seat in the section");
  await page.keyboard.press("Control+Shift+Home");
  const onwards = rowsDirection(hall, about) === 1 ? "Shift+ArrowDown" : "Shift+ArrowUp";
  for (let at = about.rowFrom; at < row; at++) await page.keyboard.press(onwards);
}

function nearest(hall: Hall, { x, y }: Point): number {
  let best = 0;
  let least = Infinity;
  for (let seat = 0; seat < hall.seats; seat++) {
    const away = Math.hypot((hall.x[seat] ?? 0) - x, (hall.y[seat] ?? 0) - y);
    if (away < least) [best, least] = [seat, away];
  }
  return best;
}
