import { paraglideVitePlugin } from "@inlang/paraglide-js";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { serviceWorker } from "./scripts/service-worker.ts";

const server = process.env["TINGTING_ORIGIN"] ?? "http://127.0.0.1:8080";

/**
 * Writes into the page where the parts lie that are fetched later: each its script, then its style sheets. A part that
 * was lost is fetched from there once more (`src/screens/later.ts`).
 */
function nameParts(): Plugin {
  return {
    name: "name-parts",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }) =>
        Object.values(bundle ?? {}).flatMap((file) => {
          if (file.type !== "chunk" || !file.isDynamicEntry) return [];
          const styles = file.viteMetadata?.importedCss ?? [];
          const content = [file.fileName, ...styles].map((path) => `/${path}`).join(" ");
          return [{ tag: "meta", attrs: { name: `part:${file.name}`, content }, injectTo: "head" }];
        }),
    },
  };
}

export default defineConfig({
  // Tests find the messages compiled: the plugin would watch on and keep them from ending.
  plugins: process.env["VITEST"]
    ? []
    : [
        nameParts(),
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
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What two parts share comes with the first script. So a part needs no other that may have been lost, and there
        // is nothing twice when a part is fetched again under another address.
        codeSplitting: { groups: [{ name: "shared", minShareCount: 2 }] },
      },
    },
  },
  server: { proxy: { "/api": { target: server, ws: true } } },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
