/** Bar 9: how smooth the map of a large hall is on a slow phone. */

import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";
import { type Frames, framesDuring, sampleOf } from "./frames";
import type { Bench } from "./page/page";

export type MapRow = {
  hall: string;
  seats: number;
  screen: string;
  slowdown: number;
  firstDrawMs: number;
  /** Nothing happens: what the machine itself can do at the moment. */
  idle: Frames;
  panWhole: Frames;
  zoom: Frames;
  panSection: Frames;
  changes: Frames;
  tapMs: number;
  sectionMs: number;
  nodes: number;
};

export type Screen = {
  name: string;
  width: number;
  height: number;
  ratio: number;
  slowdown: number;
};

export const SCREENS: Screen[] = [
  { name: "390 × 844 @2", width: 390, height: 844, ratio: 2, slowdown: 4 },
  { name: "1280 × 800 @1", width: 1280, height: 800, ratio: 1, slowdown: 4 },
];
const GESTURE_STEPS = 120;
const CHANGES_A_SECOND = 200;
const REST_MS = 1_500;
const SETTLE_MS = 500;

type WithBench = { bench: Bench };

/** Input at the rate of a screen, made inside the page so that the way there is not measured. */
async function gesture(page: Page, kind: "pan" | "zoom"): Promise<void> {
  await page.evaluate(
    async ({ isPan, steps }) => {
      const field = document.querySelector<HTMLElement>(".seatmap-field");
      if (!field) throw new Error("no map");
      const box = field.getBoundingClientRect();
      const x = box.left + box.width / 2;
      const y = box.top + box.height / 2;
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const point = (type: string, dx: number, dy: number): void => {
        const at = { clientX: x + dx, clientY: y + dy };
        const about = { bubbles: true, cancelable: true, pointerType: "mouse", ...at };
        field.dispatchEvent(new PointerEvent(type, about));
      };
      if (isPan) point("pointerdown", 0, 0);
      for (let step = 0; step < steps; step += 1) {
        const turn = (step / steps) * Math.PI * 4;
        if (isPan) {
          point("pointermove", 120 * Math.sin(turn), 90 * Math.sin(turn * 1.5));
        } else {
          const deltaY = step < steps / 2 ? -45 : 45;
          const at = { clientX: x + 20, clientY: y + 30, deltaY };
          field.dispatchEvent(new WheelEvent("wheel", { bubbles: true, cancelable: true, ...at }));
        }
        await frame();
      }
      if (isPan) point("pointerup", 0, 0);
    },
    { isPan: kind === "pan", steps: GESTURE_STEPS },
  );
}

async function changeSeats(page: Page): Promise<void> {
  await page.evaluate(async (perSecond) => {
    const { bench } = window as unknown as WithBench;
    let random = 99;
    const start = performance.now();
    let changed = 0;
    while (performance.now() - start < 3000) {
      const due = ((performance.now() - start) / 1000) * perSecond;
      for (; changed < due; changed += 1) {
        random = (random * 48_271) % 2_147_483_647;
        const seat = random % bench.seatCount;
        bench.states[seat] = ((bench.states[seat] ?? 0) + 1 + (random & 1)) % 3;
      }
      bench.bump();
      await new Promise((done) => requestAnimationFrame(done));
    }
  }, CHANGES_A_SECOND);
}

/** From the click to the end of the frame in which the mark is drawn. */
async function tapToMark(page: Page): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < 7; turn += 1) {
    const time = await page.evaluate(async (index) => {
      const { bench } = window as unknown as WithBench;
      const field = document.querySelector<HTMLElement>(".seatmap-field");
      const free = "[role=gridcell] button:not([aria-disabled])";
      const inside = field?.getBoundingClientRect();
      const places = [...document.querySelectorAll<HTMLElement>(free)].filter((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        return (
          inside &&
          left > 40 &&
          right < inside.right - 10 &&
          top > inside.top &&
          bottom < inside.bottom
        );
      });
      const place = places[index % Math.max(1, places.length)];
      if (!field || !place) return -1;
      const box = place.getBoundingClientRect();
      const at = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
      const before = bench.chosen.length;
      const start = performance.now();
      const finger = { bubbles: true, pointerType: "touch", ...at };
      field.dispatchEvent(new PointerEvent("pointerdown", finger));
      field.dispatchEvent(new PointerEvent("pointerup", finger));
      field.dispatchEvent(new MouseEvent("click", { bubbles: true, ...at }));
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return bench.chosen.length > before ? performance.now() - start : -1;
    }, turn);
    if (time >= 0) times.push(time);
    await page.waitForTimeout(400);
  }
  if (times.length === 0) throw new Error("no tap chose a seat");
  return sampleOf(times).worst;
}

/** From the page's word to the end of the frame in which the seats are handed over, without the flight. */
async function sectionToSeats(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { bench } = window as unknown as WithBench;
    performance.clearMarks("seatmap-sharp");
    const start = performance.now();
    bench.open(3);
    while (performance.getEntriesByName("seatmap-sharp").length === 0) {
      await new Promise((done) => requestAnimationFrame(done));
    }
    await new Promise((done) => requestAnimationFrame(done));
    return Math.round(performance.now() - start);
  });
}

export async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
}

export async function measureMap(address: string, hall: string, screen: Screen): Promise<MapRow> {
  const browser = await launch();
  const context = await browser.newContext({
    viewport: { width: screen.width, height: screen.height },
    deviceScaleFactor: screen.ratio,
  });
  const page = await context.newPage();
  const slow: CDPSession = await context.newCDPSession(page);
  const trace = await browser.newBrowserCDPSession();
  await slow.send("Emulation.setCPUThrottlingRate", { rate: screen.slowdown });
  const during = (act: () => Promise<void>) => framesDuring(page, trace, act);
  // The map says when it is born and when its first frame is done.
  await page.goto(`${address}/?plan=${hall}`);
  await page.waitForSelector(".seatmap-place", { state: "attached" });
  await page.waitForTimeout(REST_MS);
  const firstDrawMs = await page.evaluate(() =>
    Math.round(performance.getEntriesByName("seatmap-first-draw")[0]?.duration ?? -1),
  );
  const idle = await during(() => page.waitForTimeout(REST_MS));
  // At twice the size: the whole hall would stay where it is.
  await page.locator(".seatmap-controls button").first().click();
  await page.locator(".seatmap-controls button").first().click();
  await page.waitForTimeout(REST_MS);
  // What follows when the hand lets go is part of it.
  const withRest = (kind: "pan" | "zoom") => async () => {
    await gesture(page, kind);
    await page.waitForTimeout(SETTLE_MS);
  };
  const panWhole = await during(withRest("pan"));
  await page.locator(".seatmap-controls button").last().click();
  await page.waitForTimeout(REST_MS);
  const zoom = await during(withRest("zoom"));
  await page.waitForTimeout(REST_MS);
  const changes = await during(() => changeSeats(page));
  let sectionMs = 0;
  await during(async () => {
    sectionMs = await sectionToSeats(page);
    await page.waitForTimeout(SETTLE_MS);
  });
  await page.waitForTimeout(REST_MS);
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  const tapMs = await tapToMark(page);
  const panSection = await during(withRest("pan"));
  const seats = await page.evaluate(() => (window as unknown as WithBench).bench.seatCount);
  await browser.close();
  return {
    hall,
    seats,
    screen: screen.name,
    slowdown: screen.slowdown,
    firstDrawMs,
    idle,
    panWhole,
    zoom,
    panSection,
    changes,
    tapMs,
    sectionMs,
    nodes,
  };
}
