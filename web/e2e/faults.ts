/** Faults of the line: a request that is lost, never answered, or answered late. */

import type { Page, Route } from "@playwright/test";
import { expect } from "./race";

export type Fault = "lost" | "never answered" | "late by ten seconds";
export const FAULTS: readonly Fault[] = ["lost", "never answered", "late by ten seconds"];

const LATE_MS = 10_000;

/** Every kind of request that a race makes, from the first page to the report. */
const REQUESTS: Record<string, (method: string, path: string) => boolean> = {
  clock: (_, path) => path === "/api/clock",
  catalogue: (_, path) => path === "/api/catalogue",
  "past races": (method, path) => method === "GET" && path === "/api/races",
  "new race": (method, path) => method === "POST" && path === "/api/races",
  plan: (_, path) => path.startsWith("/api/plans/"),
  "part: screens": (_, path) => /race-screens-.*\.js$/.test(path),
  "part: its style": (_, path) => /race-screens-.*\.css$/.test(path),
  "part: map": (_, path) => /map-chunk-.*\.js$/.test(path),
  "part: report": (_, path) => /report-.*\.js$/.test(path),
  marks: (_, path) => path.endsWith("/marks"),
  enter: (_, path) => path.endsWith("/enter"),
  picture: (_, path) => path.endsWith(".png") && path.includes("/captcha/"),
  captcha: (_, path) => path.endsWith("/captcha"),
  view: (_, path) => path.endsWith("/view"),
  hold: (_, path) => path.endsWith("/hold"),
  price: (_, path) => path.endsWith("/price"),
  pay: (_, path) => path.endsWith("/pay"),
  report: (_, path) => path.endsWith("/report"),
};

/** Meets a request with a fault. A server that only answers late has done what it was asked. */
async function meet(route: Route, fault: Fault): Promise<void> {
  switch (fault) {
    case "lost":
      await route.abort();
      return;
    case "never answered":
      return;
    case "late by ten seconds": {
      const response = await route.fetch();
      setTimeout(() => void route.fulfill({ response }).catch(() => undefined), LATE_MS);
    }
  }
}

/** Lets each kind of request fail once. Tells which kinds have not been asked for yet. */
export async function failEachOnce(page: Page, fault: Fault): Promise<() => string[]> {
  const waiting = new Set(Object.keys(REQUESTS));
  await page.route(/\/(api|assets)\//, async (route) => {
    const { pathname } = new URL(route.request().url());
    // The same path is the address of a screen and, under `/api`, of a request.
    const kind = [...waiting].find((one) => REQUESTS[one]?.(route.request().method(), pathname));
    if (!kind) return route.continue();
    waiting.delete(kind);
    return meet(route, fault);
  });
  return () => [...waiting];
}

/** Keeps the server from answering a kind of request until it is told to let it. */
export async function silence(page: Page, pattern: RegExp): Promise<() => Promise<void>> {
  await page.route(pattern, () => undefined);
  return () => page.unroute(pattern);
}

/** Nothing of another race is on the screen: no question, no notice, no word. */
export async function nothingIsLeft(page: Page): Promise<void> {
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(page.locator(".loss-note")).toHaveCount(0);
  await expect(page.locator(".toast p")).toHaveCount(0);
  await expect(page.locator(".link-line p")).toHaveCount(0);
}
