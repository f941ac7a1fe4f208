/** Every screen on every size of screen: phones upright and on their side, pages made larger, a keyboard. */

import type { Page } from "@playwright/test";
import { drawn, faultsOfLayout, shoot } from "./look";
import { MATTERS, type Matter } from "./matters";
import { expect, newRace, passCaptcha, pressAtOpening, reach, test } from "./race";
import { walkRooms } from "./rooms";
import { walkShows } from "./shows";
import { walkTraining } from "./training";
import { walk } from "./walk";

type Size = { width: number; height: number };

// Phones on their side, a short phone, and a desk at 200 % and 400 %; then phones upright and a desk.
const LOW: readonly Size[] = [
  { width: 844, height: 390 },
  { width: 740, height: 360 },
  { width: 640, height: 400 },
  { width: 375, height: 553 },
  { width: 320, height: 256 },
];
const SIZES: readonly Size[] = [
  ...LOW,
  { width: 320, height: 568 },
  { width: 360, height: 740 },
  { width: 390, height: 844 },
  { width: 430, height: 932 },
  { width: 1280, height: 800 },
];
/** A keyboard takes 300 px of a phone's height. */
const TYPING: readonly Size[] = [320, 360, 390, 430].map((width) => ({ width, height: 544 }));

/** What is not wholly on the screen as the page lies, and which buttons a finger misses there. */
async function unseen(page: Page, matter: Matter): Promise<string[]> {
  return page.evaluate(({ seen, pressed }) => {
    scrollTo(0, 0);
    const faults: string[] = [];
    const isOn = ({ left, top, right, bottom }: DOMRect) =>
      top >= -1 && left >= -1 && bottom <= innerHeight + 1 && right <= innerWidth + 1;
    const isHit = (one: Element, x: number, y: number) =>
      one.contains(document.elementFromPoint(x, y));
    for (const selector of [...seen, ...pressed]) {
      const all = [...document.querySelectorAll(selector)];
      if (all.length === 0) faults.push(`${selector} is not there`);
      for (const one of all) {
        const box = one.getBoundingClientRect();
        const at = `${selector} (${box.top.toFixed()} to ${box.bottom.toFixed()})`;
        if (!isOn(box)) faults.push(`${at} is off the screen`);
        else if (pressed.includes(selector)) {
          const inset = Math.min(20, box.height / 2) * 0.3 + 1;
          const points = [
            [box.left + box.width / 2, box.top + box.height / 2],
            [box.left + inset, box.top + inset],
            [box.right - inset, box.top + inset],
            [box.left + inset, box.bottom - inset],
            [box.right - inset, box.bottom - inset],
          ] as const;
          if (points.some(([x, y]) => !isHit(one, x, y))) faults.push(`${at} is covered`);
        } else if (!isHit(one, box.left + box.width / 2, box.top + box.height / 2))
          faults.push(`${at} is covered`);
      }
    }
    return faults;
  }, matter);
}

/** Controls that are smaller than a fingertip. */
async function smallControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const top = document.querySelector("dialog[open]") ?? document.body;
    const all = top.querySelectorAll(
      "button, a[href]:not(.skip), select, summary, .pick, .cards-card, input:not([type=checkbox], [type=radio])",
    );
    return [...all]
      .filter((one) => one.checkVisibility() && !one.closest(".seatmap-places"))
      .map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 44 || box.height < 44)
      .map(
        ({ one, box }) =>
          `${one.className || one.tagName} is only ${box.width.toFixed()}x${box.height.toFixed()}`,
      );
  });
}

/** How much of the height is left to the map. */
async function mapIsCramped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { height } = document.querySelector(".map-stage")?.getBoundingClientRect() ?? {
      height: 0,
    };
    const { scrollHeight } = document.documentElement;
    return [
      ...(height < innerHeight / 2 ? [`the map has ${height.toFixed()} of ${innerHeight}`] : []),
      ...(scrollHeight > innerHeight ? [`the page of the map scrolls to ${scrollHeight}`] : []),
    ];
  });
}

// Every screen is looked at ten times: on a busy machine that takes more than two minutes.
test.slow();

const WAYS = { race: walk, room: walkRooms, training: walkTraining, shows: walkShows };
for (const [name, walkAll] of Object.entries(WAYS))
  test(`on every size of screen of a ${name} what matters is seen, the button to press is in reach and nothing is too small`, async ({
    page,
  }) => {
    const found: string[] = [];
    const before = { width: 390, height: 844 };
    await page.setViewportSize(before);
    await walkAll(page, async (screen) => {
      const matter = MATTERS[screen];
      if (!matter) throw new Error(`nobody said what matters on ${screen}`);
      for (const size of screen === "captcha" ? [...SIZES, ...TYPING] : SIZES) {
        await page.setViewportSize(size);
        await drawn(page);
        const faults = [
          ...(await unseen(page, matter)),
          ...(await smallControls(page)),
          ...(await faultsOfLayout(page)),
          ...(matter === MATTERS["seats"] ? await mapIsCramped(page) : []),
        ];
        const at = `${screen} ${size.width}x${size.height}`;
        found.push(...faults.map((fault) => `${at}: ${fault}`));
        await shoot(page, at);
      }
      await page.setViewportSize(before);
      await drawn(page);
    });
    expect(found).toEqual([]);
  });

test("nothing to press lies under a notch or the bar at the bottom of a phone", async ({
  page,
}) => {
  const insets = { top: 0, left: 47, right: 47, bottom: 21 };
  const browser = await page.context().newCDPSession(page);
  await page.setViewportSize({ width: 844, height: 390 });
  await browser.send("Emulation.setSafeAreaInsetsOverride", { insets });
  const found: string[] = [];
  const look = async (screen: string) => {
    await drawn(page);
    const faults = await page.evaluate(({ left, right, bottom }) => {
      const isFree = (box: DOMRect) => box.left >= left - 1 && box.right <= innerWidth - right + 1;
      const hidden = [...document.querySelectorAll<HTMLElement>("button, select, input, a.run")]
        .filter((one) => one.checkVisibility() && !one.closest(".seatmap-places, .hidden"))
        .filter((one) => !isFree(one.getBoundingClientRect()))
        .map((one) => `${one.className} lies under the notch`);
      const main = document.querySelector(".stage-go .button, .sheet-go .button");
      const low = main ? main.getBoundingClientRect().bottom > innerHeight - bottom + 1 : false;
      return low ? [...hidden, "the button lies under the bar"] : hidden;
    }, insets);
    found.push(...faults.map((fault) => `${screen}: ${fault}`));
  };
  const { id } = await newRace(page, "stale-map");
  await page.goto("/");
  await look("home");
  await page.goto(`/race/${id}`);
  await reach(page, "lobby");
  await look("lobby");
  await pressAtOpening(page);
  await reach(page, "captcha");
  await look("captcha");
  await passCaptcha(page);
  await reach(page, "sections");
  await expect(page.locator(".seatmap-controls")).toBeVisible();
  await look("sections");
  expect(found).toEqual([]);
});

test("a keyboard that lies over the page leaves the picture, the field and the button to be seen", async ({
  page,
}) => {
  // As on an iPhone: the page keeps its size, and only what is seen of it shrinks.
  await page.addInitScript(() => {
    const view = window.visualViewport;
    if (!view) return;
    const whole = () => document.documentElement.clientHeight;
    let covered = 0;
    Object.defineProperty(view, "height", { get: () => whole() - covered });
    Object.assign(window, {
      openKeyboard: (height: number) => {
        covered = height;
        view.dispatchEvent(new Event("resize"));
      },
    });
  });
  await page.setViewportSize({ width: 390, height: 844 });
  const { id } = await newRace(page, "stale-map");
  await page.goto(`/race/${id}`);
  await pressAtOpening(page);
  await reach(page, "captcha");
  await page.evaluate(() =>
    (window as unknown as { openKeyboard(by: number): void }).openKeyboard(300),
  );
  for (const part of [".captcha-picture img", ".captcha-input", ".stage-go .button"]) {
    const box = await page.locator(part).boundingBox();
    expect((box?.y ?? 844) + (box?.height ?? 0), part).toBeLessThanOrEqual(544);
  }
});
