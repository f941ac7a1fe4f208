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

export default defineConfig({
  testDir: "e2e",
  // Races run by the clock: more of them at once would only wait for each other on a small machine.
  workers: 1,
  fullyParallel: false,
  // A race is played by the clock: a machine that stalls for a second loses the seat. Once is bad
  // luck, twice is a fault.
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
  },
  projects: [
    {
      name: "phone-ko-light",
      use: {
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        locale: "ko-KR",
        colorScheme: "light",
      },
    },
    {
      name: "desktop-en-dark",
      use: { viewport: { width: 1280, height: 800 }, locale: "en-US", colorScheme: "dark" },
    },
  ],
});
