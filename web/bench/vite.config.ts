import preset from "../vite.config";

export default {
  ...preset,
  plugins: [],
  // The messages are compiled before: no need to watch them.
  root: new URL("./page", import.meta.url).pathname,
  build: {
    ...preset.build,
    outDir: new URL("../node_modules/.bench/page", import.meta.url).pathname,
    emptyOutDir: true,
  },
};
