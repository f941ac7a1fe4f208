// For tests: the parts of a browser that the address and the memory of a tab need. To be imported before what uses them.
import { vi } from "vitest";

const trail = ["/"];
const heard = new EventTarget();
const shelf = new Map<string, string>();

const globals = {
  location: {
    get pathname() {
      return (trail.at(-1) ?? "/").split("?")[0];
    },
    get search() {
      const [, found] = (trail.at(-1) ?? "/").split("?");
      return found === undefined ? "" : `?${found}`;
    },
  },
  history: {
    pushState: (_: unknown, __: string, path: string) => trail.push(path),
    replaceState: (_: unknown, __: string, path: string) => trail.splice(-1, 1, path),
  },
  sessionStorage: {
    getItem: (key: string) => shelf.get(key) ?? null,
    setItem: (key: string, value: string) => shelf.set(key, value),
    removeItem: (key: string) => shelf.delete(key),
  },
  addEventListener: heard.addEventListener.bind(heard),
  navigator: { languages: ["ko"] },
};
for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);

/** The address line and what was there before. */
export const browser = {
  trail,
  back(): void {
    trail.pop();
    heard.dispatchEvent(new Event("popstate"));
  },
  /** Begins with an empty history and an empty memory. */
  reset(): void {
    trail.splice(0, trail.length, "/");
    shelf.clear();
  },
};
