import type { Page } from "@playwright/test";
import {
  drawn,
  faultsOfLayout,
  focusIsHere,
  foreignWords,
  shoot,
  statesAlike,
  unseenControls,
  violations,
  wordsAreWhole,
} from "./look";
import { expect, test } from "./race";
import { walkRooms } from "./rooms";
import { walkShows } from "./shows";
import { walkTraining } from "./training";
import { type Visit, walk } from "./walk";
import type { Language } from "./words";

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };
const SCHEMES = ["light", "dark"] as const;

// Every screen is looked at dozens of times: on a busy machine that takes more than two minutes.
test.slow();

type Way = [name: string, walk: (page: Page, look: Visit) => Promise<void>];
const WAYS: readonly Way[] = [
  ["of a race", walk],
  ["of a room", walkRooms],
  ["of exercises", walkTraining],
  ["of shows", walkShows],
];

/** Waits until colours have become what they change to; what moves without end is let be. */
async function settle(page: Page): Promise<void> {
  await drawn(page);
  await page.evaluate(async () => {
    const passing = () =>
      document
        .getAnimations()
        .filter((one) => one.playState === "running")
        .filter((one) => Number(one.effect?.getComputedTiming().endTime) < Infinity);
    // The end of one may begin another.
    for (let all = passing(); all.length > 0; all = passing()) {
      await Promise.allSettled(all.map((one) => one.finished));
    }
  });
}

for (const [name, walkAll] of WAYS)
  test(`no screen ${name} has a fault for axe, on phone and desk, in light and dark`, async ({
    page,
  }) => {
    const found: string[] = [];
    await page.setViewportSize(PHONE);
    await walkAll(page, async (screen) => {
      await focusIsHere(page, screen);
      await wordsAreWhole(page, screen);
      for (const viewport of [DESKTOP, PHONE]) {
        await page.setViewportSize(viewport);
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme });
          await settle(page);
          const at = `${screen} ${viewport.width} ${colorScheme}`;
          found.push(...(await violations(page)).map((fault) => `${at}: ${fault}`));
          await shoot(page, at);
        }
      }
    });
    expect(found).toEqual([]);
  });

const WIDTHS = [320, 360, 390, 430, 640, 768, 1024, 1280, 1440];
const LANGUAGES: readonly Language[] = ["en", "ja", "ko"];

async function speak(page: Page, language: Language): Promise<void> {
  const select = page.locator(".language select").first();
  if ((await select.count()) === 0) return;
  await select.selectOption(language);
  await expect(page.locator("html")).toHaveAttribute("lang", language);
  await drawn(page);
}

for (const [name, walkAll] of WAYS)
  test(`every screen ${name} fits every width in every language, and all its buttons can be pressed`, async ({
    page,
  }) => {
    const found: string[] = [];
    await page.setViewportSize(PHONE);
    await walkAll(page, async (screen) => {
      const sizes = WIDTHS.map((width) => ({ width, height: width < 1024 ? 844 : 800 }));
      // A phone's keyboard takes 300 px away; at 200 % a page has half the room.
      if (screen === "captcha")
        sizes.push({ width: 390, height: 544 }, { width: 320, height: 544 });
      sizes.push({ width: 640, height: 400 });
      for (const language of LANGUAGES) {
        await speak(page, language);
        const foreign = ["missing", "no-room"].includes(screen)
          ? []
          : await foreignWords(page, language);
        found.push(...foreign.map((line) => `${screen} ${language}: says "${line}"`));
        for (const size of sizes) {
          await page.setViewportSize(size);
          await drawn(page);
          const at = `${screen} ${language} ${size.width}x${size.height}`;
          found.push(...(await faultsOfLayout(page)).map((fault) => `${at}: ${fault}`));
          if (size.width === 320 || size.height === 544) await shoot(page, at);
        }
      }
      await page.setViewportSize(PHONE);
      await drawn(page);
    });
    expect(found).toEqual([]);
  });

for (const [name, walkAll] of WAYS)
  test(`less motion leaves nothing moving ${name}, and forced colours leave everything to be seen`, async ({
    page,
  }) => {
    const found: string[] = [];
    await page.setViewportSize(PHONE);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await walkAll(page, async (screen) => {
      // What moves is looked for before it ends.
      await drawn(page);
      const moving = await page.evaluate(() =>
        document
          .getAnimations()
          .filter((one) => one.playState === "running")
          .filter((one) => Number(one.effect?.getComputedTiming().activeDuration) > 1)
          .map((one) => (one.effect as KeyframeEffect).target?.className ?? ""),
      );
      found.push(...moving.map((one) => `${screen}: ${one} moves`));
      await page.emulateMedia({ forcedColors: "active" });
      await settle(page);
      found.push(...(await violations(page)).map((fault) => `${screen}, forced: ${fault}`));
      found.push(...(await unseenControls(page)).map((one) => `${screen}, forced: ${one}`));
      found.push(...(await statesAlike(page)).map((one) => `${screen}, forced: ${one}`));
      await shoot(page, `${screen} forced`);
      await page.emulateMedia({ forcedColors: "none" });
    });
    expect(found).toEqual([]);
  });
