/** What a thumb needs of the map: by geometry over all halls there are, and by touch in a race. */

import type { Page } from "@playwright/test";
import { sectionInsets } from "../src/seatmap/draw/stage-pointer";
import { resolveTap, type Tap } from "../src/seatmap/hand/hit-test";
import { frontOf } from "../src/seatmap/hand/start";
import { type Hall, parsePlan, sectionBox } from "../src/seatmap/plan/plan";
import { Camera } from "../src/seatmap/view/camera";
import { fit, hallInsets, intoSection, thumbScale, type View } from "../src/seatmap/view/viewport";
import { expect, passCaptcha, pressAtOpening, reach, stepOf, test } from "./race";
import { atRest, chooseSeat } from "./seats";

/** The room that the map has on a phone, on the same phone lying down, and on the smallest screens. */
const ROOMS = [
  { width: 390, height: 505 },
  { width: 600, height: 290 },
  { width: 460, height: 250 },
  { width: 375, height: 300 },
  { width: 320, height: 130 },
];
type Room = (typeof ROOMS)[number];
const SEAT = 28;
const PITCH = 32;
const THUMB = 44;
const SCATTER = 6;
const TAPS = 1_000;

/** The same taps each time, so that a failure can be seen again. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

async function halls(address: string): Promise<Hall[]> {
  const catalogue = (await (await fetch(`${address}/api/catalogue`)).json()) as {
    plans: { address: string }[];
  };
  return Promise.all(
    catalogue.plans.map(async (plan) =>
      parsePlan(await (await fetch(`${address}/api/plans/${plan.address}`)).json()),
    ),
  );
}

/** As the map goes into a section that was tapped in its middle. */
function inside(hall: Hall, section: number, room: Room): View {
  const about = hall.sections[section];
  if (!about) throw new Error("no such section");
  const at = frontOf(hall, section, about.middle);
  const camera = new Camera(hall, () => undefined);
  camera.resize(room);
  const insets = sectionInsets(hall, about, room);
  return camera.revealing(intoSection(sectionBox(about), about.pitch, at, room, insets), at);
}

const onScreen = (hall: Hall, view: View, seat: number) => ({
  x: (hall.x[seat] ?? 0) * view.k + view.x,
  y: (hall.y[seat] ?? 0) * view.k + view.y,
});

for (const room of ROOMS) {
  const where = `a map of ${room.width} × ${room.height}`;

  test(`in every hall, on ${where}, 1,000 scattered taps choose the seat meant or none`, async ({
    server,
  }) => {
    const all = await halls(server.address);
    expect(all.length).toBeGreaterThan(5);
    for (const hall of all) {
      const random = numbers(4711);
      const scatter = () => (random() * 2 - 1) * SCATTER;
      const count = { meant: 0, wrong: 0, elsewhere: 0 };
      for (let tapped = 0; tapped < TAPS; tapped++) {
        const seat = Math.floor(random() * hall.seats);
        const view = inside(hall, hall.section[seat] ?? 0, room);
        const at = onScreen(hall, view, seat);
        const tap: Tap = resolveTap(hall, view, at.x + scatter(), at.y + scatter(), SEAT);
        if (tap.kind === "seat") count[tap.seat === seat ? "meant" : "wrong"]++;
        if (tap.kind === "section") count.elsewhere++;
      }
      expect(count.wrong + count.elsewhere, hall.name).toBeLessThanOrEqual(TAPS * 0.02);
      expect(count.meant, hall.name).toBeGreaterThanOrEqual(TAPS * 0.98);
    }
  });

  test(`in every section of every hall, on ${where}, seats are as large as a thumb needs`, async ({
    server,
  }) => {
    for (const hall of await halls(server.address)) {
      for (const [index, about] of hall.sections.entries()) {
        const view = inside(hall, index, room);
        const name = `${hall.name} ${about.floor} ${about.label}`;
        expect(leastPitch(hall, index, view), name).toBeGreaterThanOrEqual(PITCH);
        // The middle of the front row is in sight, under nothing.
        const middle = onScreen(hall, view, nearFront(hall, index));
        expect(middle.x, name).toBeGreaterThanOrEqual(SEAT / 2);
        expect(middle.x, name).toBeLessThanOrEqual(room.width - SEAT / 2);
        expect(middle.y, name).toBeGreaterThanOrEqual(SEAT / 2);
        expect(middle.y, name).toBeLessThanOrEqual(room.height - SEAT / 2);
      }
    }
  });
}

/** In pixels, of two seats of a section that stand beside each other. */
function leastPitch(hall: Hall, section: number, view: View): number {
  const about = hall.sections[section];
  let least = Infinity;
  for (let seat = about?.seatFrom ?? 0; seat < (about?.seatTo ?? 0); seat++) {
    if (hall.adjacent[seat] !== 1) continue;
    const [a, b] = [onScreen(hall, view, seat), onScreen(hall, view, seat + 1)];
    least = Math.min(least, Math.hypot(a.x - b.x, a.y - b.y));
  }
  return least;
}

function nearFront(hall: Hall, section: number): number {
  const about = hall.sections[section];
  const at = frontOf(hall, section, about?.middle ?? null);
  for (let seat = about?.seatFrom ?? 0; seat < hall.seats; seat++) {
    if (hall.x[seat] === at.x && hall.y[seat] === at.y) return seat;
  }
  throw new Error("no seat is at the front");
}

test("a section smaller than a thumb comes nearer before it opens", async ({ server }) => {
  for (const hall of await halls(server.address)) {
    const box = { left: 0, top: 0, right: hall.width, bottom: hall.height };
    for (const room of ROOMS) {
      const whole = fit(box, room, hallInsets(room));
      for (const about of hall.sections) {
        const extent = sectionBox(about);
        const k = thumbScale(extent, whole.k);
        const least = Math.min(extent.right - extent.left, extent.bottom - extent.top) * k;
        expect(least, `${hall.name} ${about.label}`).toBeGreaterThanOrEqual(THUMB);
      }
    }
  }
});

async function boxes(
  page: Page,
): Promise<{ x: number; y: number; width: number; height: number }[]> {
  return page.locator(".seatmap-places button").evaluateAll((all) =>
    all.map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2, width, height };
    }),
  );
}

test("the controls of the map are as large as a thumb, by touch a section and a seat", async ({
  page,
  start,
}) => {
  await start();
  await page.locator(".home-words button").click();
  await pressAtOpening(page, () => page.locator(".lobby-press button").click());
  await reach(page, "captcha");
  await passCaptcha(page);
  await reach(page, "sections");
  await expect(page.locator(".seatmap-places button").first()).toBeAttached();
  for (const box of await boxes(page)) {
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(THUMB - 0.01);
  }
  for (const button of await page.locator(".map-screen button:visible").all()) {
    if ((await button.getAttribute("class"))?.includes("seatmap-place")) continue;
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(THUMB - 0.01);
  }
  const [section] = await boxes(page);
  if (!section) throw new Error("there is no section");
  await page.touchscreen.tap(section.x, section.y);
  // Once more where the first tap only came nearer.
  await atRest(page.locator(".seatmap-places button").first());
  if (stepOf(page) !== "seats") {
    const [nearer] = await boxes(page);
    await page.touchscreen.tap(nearer?.x ?? 0, nearer?.y ?? 0);
  }
  await reach(page, "seats");
  await expect(page.getByRole("gridcell").first()).toBeAttached();
  await atRest(page.getByRole("gridcell").first());
  const seats = await boxes(page);
  const frame = await page.locator(".seatmap-frame").boundingBox();
  const sheet = await page.locator(".sheet").boundingBox();
  if (!frame || !sheet) throw new Error("the map has no frame");
  expect(sheet.y).toBeGreaterThanOrEqual(frame.y + frame.height - 1);
  expect(seats.some((seat) => seat.y > frame.y && seat.y < sheet.y)).toBe(true);
  for (const [index, seat] of seats.entries()) {
    expect(Math.min(seat.width, seat.height)).toBeGreaterThanOrEqual(PITCH - 0.01);
    for (const other of seats.slice(index + 1)) {
      expect(Math.hypot(seat.x - other.x, seat.y - other.y)).toBeGreaterThanOrEqual(PITCH);
    }
  }
  await chooseSeat(page);
});
