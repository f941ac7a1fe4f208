/** The page as an app: kept in the browser, installable, never stuck on an old version. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { Front } from "./front";
import { expect, newRace, pressLate, reach, test } from "./race";
import { said } from "./words";

test.use({ serviceWorkers: "allow" });

const dist = (path: string) => fileURLToPath(new URL(`../dist/${path}`, import.meta.url));

/** Waits until the browser keeps the files of the build that `sw.js` names, and the worker answers for the page. */
async function kept(page: Page): Promise<void> {
  await page.waitForFunction(
    () => navigator.serviceWorker.controller?.state === "activated",
    undefined,
    { timeout: 30_000 },
  );
}

test("the manifest names icons that are what it says", async ({ page, start }) => {
  await start();
  const icons = await page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>("link[rel=manifest]");
    const manifest = await (await fetch(link?.href ?? "")).json();
    return Promise.all(
      manifest.icons.map(async (icon: { src: string; sizes: string; purpose: string }) => {
        const picture = await createImageBitmap(await (await fetch(icon.src)).blob());
        return {
          is: `${picture.width}x${picture.height}`,
          sizes: icon.sizes,
          purpose: icon.purpose,
        };
      }),
    );
  });
  for (const icon of icons) expect(icon.is).toBe(icon.sizes);
  const has = (purpose: string, sizes: string) =>
    icons.some((icon) => icon.purpose === purpose && icon.sizes === sizes);
  for (const purpose of ["any", "maskable"]) {
    for (const size of ["192x192", "512x512"]) expect(has(purpose, size)).toBe(true);
  }
});

test("the page opens without a line", async ({ page, context, start }) => {
  await start();
  await kept(page);
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator("h1")).toBeVisible();
  await page.goto("/race/0123456789abcdef/report");
  await expect(page.locator("h1")).toBeVisible();
});

test("without a line the first page says what works, and a result that was read is read again", async ({
  page,
  context,
}) => {
  await page.goto("/");
  await kept(page);
  const { id } = await newRace(page, "long-queue");
  await page.goto(`/race/${id}`);
  await pressLate(page, id);
  await page.locator(".queue-rest button").last().click();
  await page.locator("dialog button").last().click();
  await reach(page, "done");
  await page.locator(".done-go button").first().click();
  await reach(page, "report");
  const verdict = await page.locator(".verdict h1").innerText();
  await context.setOffline(true);
  await page.goto("/");
  const note = page.locator(".home .note[data-tone=warn]");
  // Whether the browser knows that there is no network, or only that the server does not answer.
  const titles = [await said(page, "away_title"), await said(page, "oops_title")];
  await expect
    .poll(async () => {
      const title = await note.locator("b").allInnerTexts();
      return title.length === 1 && titles.some((one) => one.test(title[0] ?? ""));
    })
    .toBe(true);
  await page.locator(`.run[href*="${id}"]`).click();
  await expect(page.locator(".verdict h1")).toHaveText(verdict);
  await page.reload();
  await expect(page.locator(".verdict h1")).toHaveText(verdict);
  await page.goto("/");
  await context.setOffline(false);
  await expect(note).toHaveCount(0);
  await page.locator(".home-words .button").click();
  await reach(page, "lobby");
});

test("the worker never answers for the API", async ({ page, context, start }) => {
  await start();
  await kept(page);
  await context.setOffline(true);
  const names = await page.evaluate(() => caches.keys());
  const paths = await page.evaluate(
    async (all) =>
      (await Promise.all(all.map(async (name) => (await caches.open(name)).keys())))
        .flat()
        .map(({ url }) => new URL(url).pathname),
    names,
  );
  expect(paths).toContain("/");
  expect(paths.filter((path) => path.startsWith("/api"))).toEqual([]);
  const answered = await page.evaluate(() =>
    fetch("/api/catalogue").then(
      () => true,
      () => false,
    ),
  );
  expect(answered).toBe(false);
});

test("a page that came out of the browser gets one guest before it asks for anything else", async ({
  page,
  context,
  server,
}) => {
  const front = new Front(server.address);
  const address = await front.start();
  await page.goto(address);
  await kept(page);
  // A page that still asks for something would be given a cookie before the next one.
  await page.goto("about:blank");
  await context.clearCookies();
  // The page is not to be had, the API is: the worker gives the kept page, which no cookie comes with.
  front.texts.set("/", { type: "text/html", body: "a proxy's word", status: 502 });
  const named: Promise<string | null>[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/api/")) named.push(response.headerValue("set-cookie"));
  });
  await page.goto(address);
  await expect(page.locator(".cards-card").first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  const cookies = (await Promise.all(named)).filter((value) => value !== null);
  expect(new Set(cookies.map((cookie) => cookie.split(";")[0])).size).toBe(1);
  front.end();
});

test("a newer build is there at once, and is the one kept from then on", async ({
  page,
  context,
  server,
}) => {
  const front = new Front(server.address);
  const address = await front.start();
  await page.goto(address);
  await kept(page);
  const newer = readFileSync(dist("index.html"), "utf8").replace(
    "</head>",
    '<meta name="newer" content="yes" /></head>',
  );
  const worker = readFileSync(dist("sw.js"), "utf8").replace(
    /"name":"[0-9a-f]+"/,
    '"name":"ffffffffffffffff"',
  );
  front.texts.set("/", { type: "text/html; charset=utf-8", body: newer });
  front.texts.set("/sw.js", { type: "text/javascript", body: worker });
  const isNewer = () => page.locator('meta[name="newer"]').count();
  await page.reload();
  expect(await isNewer()).toBe(1);
  await expect
    .poll(() => page.evaluate(() => caches.keys()))
    .toEqual(["tingting-ffffffffffffffff"]);
  await context.setOffline(true);
  await page.reload();
  expect(await isNewer()).toBe(1);
  front.end();
});

test("an app is offered after the first finished race, and not again after a no", async ({
  page,
  start,
}) => {
  const offer = () =>
    page.evaluate(() => {
      const event = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), {
        prompt: () => Promise.resolve({ outcome: "accepted" }),
      });
      dispatchEvent(event);
    });
  await start();
  await offer();
  await expect(page.locator(".cards-card").first()).toBeVisible();
  await expect(page.locator(".install")).toHaveCount(0);
  await page.evaluate(() => localStorage.setItem("tingting.finished", "yes"));
  await page.reload();
  await offer();
  await expect(page.locator(".install")).toBeVisible();
  await page.locator(".install button").last().click();
  await expect(page.locator(".install")).toHaveCount(0);
  await page.reload();
  await offer();
  await expect(page.locator(".cards-card").first()).toBeVisible();
  await expect(page.locator(".install")).toHaveCount(0);
});

test("the page of the API shows it, and the policy of all pages blocks nothing of it", async ({
  page,
}) => {
  const blocked: string[] = [];
  page.on("console", (line) => {
    if (line.type() === "error") blocked.push(line.text());
  });
  await page.goto("/docs");
  await page.locator(".opblock-summary").first().click();
  await expect(page.locator(".opblock.is-open .opblock-body")).toBeVisible();
  expect(blocked).toEqual([]);
});
