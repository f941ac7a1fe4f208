import { defineConfig } from "@playwright/test";
import screens from "../playwright.config";

/** Pictures instead of verdicts: what README shows, shot anew by `npm run pictures`. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.pictures.ts",
  timeout: 300_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  outputDir: "../node_modules/.pictures",
  use: { ...screens.use, locale: "ko-KR", timezoneId: "Asia/Seoul", reducedMotion: "reduce" },
});
