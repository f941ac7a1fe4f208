import { paraglideVitePlugin } from "@inlang/paraglide-js";
import { defineConfig } from "vitest/config";
import { serviceWorker } from "./scripts/service-worker.ts";

const server = process.env["TINGTING_ORIGIN"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  // Tests find the messages compiled: the plugin would watch on and keep them from ending.
  plugins: process.env["VITEST"]
    ? []
    : [
        paraglideVitePlugin({
          project: "./project.inlang",
          outdir: "./src/paraglide",
          strategy: ["globalVariable", "baseLocale"],
        }),
        serviceWorker(),
      ],
  resolve: {
    alias: { "#": new URL("./src", import.meta.url).pathname },
  },
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { "/api": { target: server, ws: true } } },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
