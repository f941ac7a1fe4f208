/** What a test does in a room: makes one, comes in, and goes through its screens. */

import type { APIRequestContext, Browser, Page } from "@playwright/test";
import type { Room, RoomSettings } from "../src/api/room-types";
import { expect, leave, pressAtOpening, reach } from "./race";
import type { Visit } from "./walk";
import { said } from "./words";

/** As short as a room allows. */
const COUNTDOWN_S = 10;

/** Somebody with a browser of their own, whose page tells of its errors. */
export type Person = { page: Page; errors: Error[] };

export async function newPerson(browser: Browser, baseURL: string): Promise<Person> {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  const errors: Error[] = [];
  page.on("pageerror", (error) => errors.push(error));
  return { page, errors };
}

/** Makes a room for a scenario; whoever asks is its host. */
export async function newRoom(
  host: APIRequestContext,
  scenario: string,
  name = "하나",
): Promise<Room> {
  const settings: RoomSettings = {
    scenario,
    start: { kind: "button" },
    countdown_s: COUNTDOWN_S,
  };
  const answer = await host.post("/api/rooms", {
    data: { settings, name },
    headers: { "Idempotency-Key": crypto.randomUUID() },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()) as Room;
}

export async function roomOf(page: Page, code: string): Promise<Room> {
  const answer = await page.request.get(`/api/rooms/${code}`);
  expect(answer.status(), code).toBe(200);
  return (await answer.json()) as Room;
}

/** Comes in by the link, under a name. */
export async function joinRoom(page: Page, code: string, name: string): Promise<void> {
  await page.goto(`/room/${code}`);
  await page.locator(".field .input").fill(name);
  await page.locator(".room-go button").first().click();
  await expect(personCalled(page, name)).toBeVisible();
}

export const personCalled = (page: Page, name: string) =>
  page.locator(".person").filter({ has: page.locator(".person-name", { hasText: name }) });

/** The press on the first button of the bar: ready, start, on to the race, once more. */
export const pressGo = (page: Page) => page.locator(".room-go button").first().click();

/** Every screen of rooms, once each. The names are in letters that every language uses; the room belongs to the page, and a guest of their own is in it too. */
export async function walkRooms(page: Page, look: Visit): Promise<void> {
  const visit: Visit = async (screen) => {
    await expect(page.locator("[data-fresh]")).toHaveCount(0);
    await look(screen);
  };
  await page.goto("/room");
  await expect(page.locator(".cards").first()).toBeVisible();
  const other = await newPerson(page.context().browser() as Browser, new URL(page.url()).origin);
  const theirs = await newRoom(other.page.request, "calm", "Jun");
  await visit("new-room");
  await page.goto(`/room/${theirs.code}`);
  await expect(page.locator(".person")).toHaveCount(1);
  await visit("join");
  await page.goto("/handover");
  await visit("hand-over");
  await page.goto("/room/aaaaaaaaaaaaaaaa");
  await expect(page.locator(".missing h1")).toBeVisible();
  await visit("no-room");
  const { code } = await newRoom(page.request, "calm", "Mina");
  await joinRoom(other.page, code, "Sol");
  await page.goto(`/room/${code}`);
  await expect(page.locator(".person")).toHaveCount(2);
  await expect(page.locator(".qr")).toBeVisible();
  await visit("room");
  await page.locator(".person .icon-button").click();
  await visit("remove");
  await page.goto(`/room/${code}/watch`);
  await expect(page.locator(".watch-names li")).toHaveCount(2);
  await visit("watch-before");
  await raceInRoom(page, other.page, code, visit);
  await other.page.context().close();
}

/** The race of a room: the page gives it up, the other is still there. */
async function raceInRoom(page: Page, other: Page, code: string, visit: Visit): Promise<void> {
  await page.goto(`/room/${code}`);
  await pressGo(page);
  await reach(page, "lobby");
  await reach(other, "lobby");
  await pressAtOpening(page);
  await reach(page, "(queue|captcha)");
  await leave(page);
  await reach(page, "done");
  await expect(page.locator(".done-go button").last()).toHaveText(await said(page, "room_watch"));
  await visit("room-done");
  await page.goto(`/room/${code}/watch`);
  await expect(page.locator(".watch-hall canvas")).toBeVisible();
  await expect(page.locator(".steps-list li").first()).toBeVisible();
  await visit("watch");
  await page.goto(`/room/${code}/results`);
  await expect(page.locator(".results-table tbody tr").first()).toBeVisible();
  await visit("results");
  await page.goto(`/room/${code}`);
  await expect(page.locator(".room-go button").first()).toBeVisible();
  await visit("room-running");
}
