/** What a test does with accounts: a server that knows a provider, logging in there, and an opening of one's own. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import type { Me } from "../src/api/account-types";
import { LogInProvider } from "./provider";
import { ask, test as base, expect, warm } from "./race";
import { newPerson, type Person } from "./rooms";
import { Server } from "./server";

type Worker = { provider: LogInProvider; server: Server };

export const test = base.extend<object, Worker>({
  provider: [
    // oxlint-disable-next-line no-empty-pattern -- the runner reads the names out of the pattern
    async ({}, use) => {
      const provider = new LogInProvider();
      await provider.start();
      await use(provider);
      provider.end();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ provider }, use) => {
      const config = join(mkdtempSync(join(tmpdir(), "tingting-e2e-")), "providers.toml");
      writeFileSync(config, provider.config);
      const server = new Server(undefined, ["--config", config]);
      await server.start();
      await warm(server);
      await use(server);
      await server.end();
    },
    { scope: "worker" },
  ],
});

/** Fills in the provider's page, which asks who one is, and comes back. */
export async function identify(page: Page, login: string): Promise<void> {
  await page.waitForURL(/\/interaction\//);
  await page.getByLabel("login").fill(login);
  await page.keyboard.press("Enter");
}

/** Logs in from one's own page. */
export async function logIn(page: Page, login: string): Promise<void> {
  await page.goto("/me");
  await page.locator(".log-in .button").first().click();
  await identify(page, login);
  await page.waitForURL(/\/me$/);
  await expect(page.locator(".account h2")).toHaveText(login);
}

export const meOf = (page: Page) => ask<Me>(page, "/api/me");

/** The provider knows a browser as well: somebody else logs in with one of their own. */
export const newBrowser = (browser: Browser, server: Server): Promise<Person> =>
  newPerson(browser, server.address);

/** Long enough to come into the lobby, short enough to wait for. */
const OPENS_IN_MS = 20_000;
const OPEN_MS = 1_800_000;
const STARTS_IN_MS = 30 * 86_400_000;

/** Somebody who may make concerts and stands at the door. */
export async function newAdministrator(browser: Browser, server: Server): Promise<Person> {
  const person = await newBrowser(browser, server);
  const { page } = person;
  await page.goto("/");
  await expect
    .poll(async () => (await page.context().cookies()).some(({ name }) => name === GUEST))
    .toBe(true);
  const cookies = await page.context().cookies();
  const guest = cookies.find(({ name }) => name === GUEST)?.value ?? "";
  await server.operate("admin", "grant", guest);
  return person;
}

/** A concert that opens in a moment, made by an administrator; practice if it has rivals. Tells its number. */
export async function newOpening(
  browser: Browser,
  server: Server,
  guestsMayEnter: boolean,
  rivals = 0,
): Promise<string> {
  const { page } = await newAdministrator(browser, server);
  const make = async (what: string, data: object): Promise<string> => {
    const answer = await page.request.post(`/api/admin/${what}`, {
      data,
      headers: { "Idempotency-Key": crypto.randomUUID() },
    });
    expect(answer.ok(), await answer.text()).toBe(true);
    return ((await answer.json()) as { id: string }).id;
  };
  const { now_ms } = await ask<{ now_ms: number }>(page, "/api/clock");
  const called = `${what()} ${rivals} ${Math.round(now_ms)}`;
  const venue = await make("venues", {
    name: `hall ${called}`,
    city: "city",
    zone: "Asia/Seoul",
    plan: "chamber",
  });
  const opensAt = Math.round(now_ms) + OPENS_IN_MS;
  const concert = await make("concerts", {
    title: `concert ${called}`,
    venue,
    grades: [
      { name: "R", price_won: 66_000 },
      { name: "S", price_won: 44_000 },
    ],
    performances: [
      {
        starts_at_ms: opensAt + STARTS_IN_MS,
        opens_at_ms: opensAt,
        closes_at_ms: opensAt + OPEN_MS,
        style: "n-style",
        rivals,
        seats_per_person: 4,
        cancelled_seats: "at-once",
        guests_may_enter: guestsMayEnter,
      },
    ],
  });
  await page.context().close();
  return concert;
}

const GUEST = "tingting_guest";
/** Names of venues and concerts are each given once. */
const what = () => test.info().title.slice(0, 3) + test.info().project.name;
