// Builds the service worker beside the page, and tells it which files the build has.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const FILE = "sw.js";
/** Files of `public/` that the page needs without a line; the icons are the system's affair. */
const PUBLIC_FILES = ["favicon.svg", "manifest.webmanifest"];

export function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    buildStart() {
      this.emitFile({ type: "chunk", id: "/worker/worker.ts", fileName: FILE });
    },
    generateBundle: {
      // After the page, which is part of what the name is made from.
      order: "post",
      handler(_options, bundle) {
        const worker = bundle[FILE];
        if (worker?.type !== "chunk") throw new Error("the service worker was not built");
        const name = createHash("sha256");
        const assets: string[] = [];
        for (const file of Object.values(bundle)) {
          name.update(file.fileName).update(file.type === "chunk" ? file.code : file.source);
          if (file.fileName.startsWith("assets/")) assets.push(`/${file.fileName}`);
        }
        for (const file of PUBLIC_FILES) name.update(readFileSync(`public/${file}`));
        const files = [...assets.sort(), ...PUBLIC_FILES.map((file) => `/${file}`)];
        const build = { name: name.digest("hex").slice(0, 16), files };
        worker.code = `const BUILD=${JSON.stringify(build)};${worker.code}`;
      },
    },
  };
}
