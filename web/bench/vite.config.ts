import preset from "../vite.config";

export default {
  ...preset,
  plugins: [],
  // It speaks no language: the compiler of messages is left out.
  root: new URL("./page", import.meta.url).pathname,
  build: {
    ...preset.build,
    outDir: new URL("../node_modules/.bench/page", import.meta.url).pathname,
    emptyOutDir: true,
  },
};
