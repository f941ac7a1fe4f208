/* oxlint-disable no-await-in-loop, no-restricted-globals, unicorn/consistent-function-scoping, promise/avoid-new -- one step after the other is what is measured */
// How smooth the seat map is: frames while panning and zooming, the first drawing, a tap, and seats
// that change all the time. It opens a page that is already served and has a SeatMap on it:
//
//   npx rolldown bench/seatmap.ts --platform node --external playwright-core --format esm \
//     --file node_modules/.bench/seatmap.mjs
//   node node_modules/.bench/seatmap.mjs ADDRESS [--halls a,b] [--chromium PATH] [--json FILE]
//
// The page takes ?plan=NAME and puts {states, bump(), marks} on `window.api`; see PAGE below.
import { writeFile } from "node:fs/promises";
import { type CDPSession, chromium, type Page } from "playwright-core";

type Sample = { p50: number; p95: number; worst: number; frames: number };
type Row = {
  hall: string;
  seats: number;
  screen: string;
  slowdown: number;
  firstDrawMs: number;
  // Nothing happens: what the machine itself can do at the moment.
  idle: Sample;
  panWhole: Sample;
  zoom: Sample;
  panSection: Sample;
  changes: Sample;
  tapMs: number;
  sectionMs: number;
  nodes: number;
};

// What the page must offer.
type Page_ = {
  api: {
    states: Uint8Array;
    n: number;
    bump: () => void;
    marks: [number, number][];
    setSection: (section: number | null) => void;
  };
};

const HALLS = ["dome", "stadium"];
const SCREENS = [
  { name: "390×844@2", width: 390, height: 844, ratio: 2, slowdown: 1 },
  { name: "390×844@2", width: 390, height: 844, ratio: 2, slowdown: 4 },
  { name: "1280×800@1", width: 1280, height: 800, ratio: 1, slowdown: 4 },
];
const GESTURE_STEPS = 90;

function percentile(sorted: number[], share: number): number {
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return Math.round((sorted[at] ?? 0) * 10) / 10;
}

function sample(times: number[]): Sample {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    worst: percentile(sorted, 1),
    frames: sorted.length,
  };
}

// Distances of animation frames while `act` runs.
async function framesDuring(page: Page, act: () => Promise<void>): Promise<Sample> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { frameTimes: times, framesOn: true });
    const tick = (now: number): void => {
      times.push(now);
      if ((window as unknown as { framesOn: boolean }).framesOn) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await act();
  const times = await page.evaluate(() => {
    Object.assign(window, { framesOn: false });
    return (window as unknown as { frameTimes: number[] }).frameTimes;
  });
  return sample(times.slice(1).map((time, i) => time - (times[i] ?? time)));
}

// Input at the rate of a screen, made inside the page so that the way there is not measured.
async function gesture(page: Page, kind: "pan" | "zoom"): Promise<void> {
  await page.evaluate(
    async ({ isPan, steps }) => {
      const field = document.querySelector<HTMLElement>(".seatmap-field");
      if (!field) throw new Error("no map");
      const box = field.getBoundingClientRect();
      const x = box.left + box.width / 2;
      const y = box.top + box.height / 2;
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const mouse = (type: string, dx: number, dy: number): MouseEvent =>
        new MouseEvent(type, {
          bubbles: true,
          cancelable: true,
          view: window,
          clientX: x + dx,
          clientY: y + dy,
        });
      if (isPan) field.dispatchEvent(mouse("mousedown", 0, 0));
      for (let step = 0; step < steps; step += 1) {
        const turn = (step / steps) * Math.PI * 4;
        if (isPan) {
          window.dispatchEvent(mouse("mousemove", 120 * Math.sin(turn), 90 * Math.sin(turn * 1.5)));
        } else {
          const deltaY = step < steps / 2 ? -60 : 60;
          const at = { clientX: x + 20, clientY: y + 30, deltaY };
          field.dispatchEvent(new WheelEvent("wheel", { bubbles: true, cancelable: true, ...at }));
        }
        await frame();
      }
      if (isPan) window.dispatchEvent(mouse("mouseup", 0, 0));
    },
    { isPan: kind === "pan", steps: GESTURE_STEPS },
  );
}

async function changeSeats(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { api } = window as unknown as Page_;
    let random = 99;
    const start = performance.now();
    let changed = 0;
    while (performance.now() - start < 3000) {
      const due = ((performance.now() - start) / 1000) * 200;
      for (; changed < due; changed += 1) {
        random = (random * 48_271) % 2_147_483_647;
        const seat = random % api.n;
        api.states[seat] = ((api.states[seat] ?? 0) + 1 + (random & 1)) % 3;
      }
      api.bump();
      await new Promise((done) => requestAnimationFrame(done));
    }
  });
}

// From the click to the end of the frame in which the mark is drawn.
async function tapToMark(page: Page): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 7; i += 1) {
    const time = await page.evaluate(async (turn) => {
      const field = document.querySelector<HTMLElement>(".seatmap-field");
      const places = document.querySelectorAll<HTMLElement>("[role=gridcell] button:not([aria-disabled])");
      const place = places[turn % Math.max(1, places.length)];
      if (!field || !place) return -1;
      const box = place.getBoundingClientRect();
      const at = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
      const start = performance.now();
      field.dispatchEvent(new PointerEvent("pointerdown", { pointerType: "mouse", ...at }));
      field.dispatchEvent(new MouseEvent("click", { bubbles: true, ...at }));
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - start;
    }, i);
    if (time >= 0) times.push(time);
  }
  return sample(times).p50;
}

async function sectionToSeats(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { api } = window as unknown as Page_;
    const start = performance.now();
    api.setSection(3);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return Math.round(performance.now() - start);
  });
}

async function measure(
  address: string,
  hall: string,
  screen: (typeof SCREENS)[number],
  path: string,
): Promise<Row> {
  const browser = await chromium.launch({ executablePath: path, args: ["--no-sandbox"] });
  const context = await browser.newContext({
    viewport: { width: screen.width, height: screen.height },
    deviceScaleFactor: screen.ratio,
  });
  const page = await context.newPage();
  const slow: CDPSession = await context.newCDPSession(page);
  await slow.send("Emulation.setCPUThrottlingRate", { rate: screen.slowdown });
  // The map says when it is born and when its first frame is done.
  await page.goto(`${address}?plan=${hall}`);
  await page.waitForSelector(".seatmap-place", { state: "attached" });
  await page.waitForTimeout(1500);
  const firstDrawMs = await page.evaluate(
    () => Math.round((performance.getEntriesByName("seatmap-first-draw")[0]?.duration ?? -1) * 10) / 10,
  );
  const idle = await framesDuring(page, () => page.waitForTimeout(1500));
  // At twice the size: the whole hall would stay where it is.
  await page.locator(".seatmap-controls button").first().click();
  await page.locator(".seatmap-controls button").first().click();
  await page.waitForTimeout(1500);
  const panWhole = await framesDuring(page, () => gesture(page, "pan"));
  await page.locator(".seatmap-controls button").last().click();
  await page.waitForTimeout(1500);
  const zoom = await framesDuring(page, () => gesture(page, "zoom"));
  await page.waitForTimeout(400);
  const changes = await framesDuring(page, () => changeSeats(page));
  const sectionMs = await sectionToSeats(page);
  await page.waitForTimeout(1200);
  const panSection = await framesDuring(page, () => gesture(page, "pan"));
  await page.waitForTimeout(600);
  const tapMs = await tapToMark(page);
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  const seats = await page.evaluate(() => (window as unknown as Page_).api.n);
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

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : process.argv[at + 1];
}

const address = process.argv[2];
if (!address) throw new Error("say the address of a page with a map on it");
const rows: Row[] = [];
for (const hall of option("--halls")?.split(",") ?? HALLS) {
  for (const screen of SCREENS) {
    const row = await measure(address, hall, screen, option("--chromium") ?? "/usr/bin/chromium");
    rows.push(row);
    const text = (one: Sample): string => `${one.p50}/${one.p95}/${one.worst}`;
    console.log(
      `${hall} ${row.seats} ${row.screen} ×${row.slowdown}: first ${row.firstDrawMs}, idle ${text(row.idle)}, pan ${text(row.panWhole)}, ` +
        `zoom ${text(row.zoom)}, section pan ${text(row.panSection)}, changes ${text(row.changes)}, ` +
        `section ${row.sectionMs}, tap ${Math.round(row.tapMs)}, nodes ${row.nodes}`,
    );
  }
}
const json = option("--json");
if (json) await writeFile(json, `${JSON.stringify(rows, null, 2)}\n`);
