import { defineConfig } from "@playwright/test";

/** Figures instead of verdicts: run by `cargo xtask bench web`. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.bench.ts",
  workers: 1,
  fullyParallel: false,
  timeout: 1_800_000,
  reporter: [["list"]],
  outputDir: "../node_modules/.bench/results",
  globalSetup: "./figures.ts",
  globalTeardown: "./document.ts",
});
