import { defineConfig } from "@playwright/test";

const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** These go through all sizes, themes and languages by themselves. */
const ALL_SIZES = ["screens.test.ts", "sizes.test.ts"];
/** What is about requests or words, or about a thumb, is the same on a desk. */
const ONCE = [
  "app",
  "calm",
  "conflicts",
  "door",
  "double-taps",
  "endings",
  "events",
  "exercises",
  "faults",
  "first-race",
  "log-in",
  "map",
  "map-counts",
  "map-hand",
  "open-races",
  "original",
  "original-shows",
  "origins",
  "paper",
  "progress",
  "race-time",
  "report",
  "shows-sale",
  "shows-states",
  "sleep",
  "sold-out",
  "stale-choice",
  "truths",
  "typing",
  "ways-back",
  "win",
].map((name) => `${name}.test.ts`);

export default defineConfig({
  testDir: "e2e",
  // Races run by the clock and mostly wait for it: four of them hardly disturb each other.
  workers: 4,
  fullyParallel: true,
  // Rivals go on by the clock while the machine does something else, and may then buy the seats that a test wants. So a
  // test that fails is tried once more; one that passes only then is listed as flaky, and somebody must look into it.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: CHROMIUM_FLAGS,
    },
    screenshot: "only-on-failure",
    // A worker would hide requests from the tests that lose them on purpose. `app.test.ts` is about the worker.
    serviceWorkers: "block",
  },
  projects: [
    {
      name: "every-screen",
      testMatch: ALL_SIZES,
      use: { locale: "ko-KR", hasTouch: true },
    },
    {
      name: "phone-ko-light",
      testIgnore: ALL_SIZES,
      use: {
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        locale: "ko-KR",
        colorScheme: "light",
      },
    },
    {
      name: "desktop-en-dark",
      testIgnore: [...ALL_SIZES, ...ONCE],
      use: { viewport: { width: 1280, height: 800 }, locale: "en-US", colorScheme: "dark" },
    },
  ],
});
