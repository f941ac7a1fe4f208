/** Those who try to be somebody else, at a real provider: what the server's own tests try with a small one. */

import type { BrowserContext, Page } from "@playwright/test";
import { identify, logIn, meOf, newBrowser, test } from "./accounts";
import { expect } from "./race";
import { newRoom, roomOf } from "./rooms";
import type { Server } from "./server";

const CALLBACK = /\/login\/here\/callback/;

/** Pages between the provider's form and the address of this site: what is asked and agreed to there. */
const PAGES_MAX = 8;

/** Goes to the provider and logs in there. Tells the address to which the provider sends the browser back, and does not go there. */
async function goToProvider(page: Page, login: string): Promise<string> {
  await page.goto("/login/here?to=/me");
  await page.waitForURL(/\/interaction\//);
  const form = { login, go: "in" };
  let answer = await page.request.post(page.url(), { form, maxRedirects: 0 });
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const to = new URL(answer.headers()["location"] ?? "", answer.url()).href;
    if (CALLBACK.test(to)) return to;
    answer = await page.request.get(to, { maxRedirects: 0 });
  }
  throw new Error("the provider sends nobody back");
}

const cookieOf = async (context: BrowserContext, name: string) =>
  (await context.cookies()).find((cookie) => cookie.name === name)?.value;

/** Puts a cookie into a browser, as another host of its domain can. */
async function plant(context: BrowserContext, server: Server, name: string, value: string) {
  await context.clearCookies({ name });
  await context.addCookies([{ name, value, url: server.address, httpOnly: true, sameSite: "Lax" }]);
}

test("nobody ends a log-in of their own in somebody else's browser", async ({
  page,
  browser,
  server,
}) => {
  const { page: attacker } = await newBrowser(browser, server);
  const back = await goToProvider(attacker, "eve");
  // The victim is a guest who has a room.
  await page.goto("/me");
  const room = await newRoom(page.request, "calm", "하나");
  await page.goto(back);
  await page.waitForURL(/\/me\?login=expired$/);
  // So too if the attacker planted the cookie of the log-in there, and the code is as good as before.
  const planted = await cookieOf(attacker.context(), "tingting_login");
  await page.context().addCookies([
    {
      name: "tingting_login",
      value: planted ?? "",
      domain: new URL(server.address).hostname,
      path: "/login",
      httpOnly: true,
      sameSite: "Lax",
    },
  ]);
  await page.goto(back);
  await page.waitForURL(/\/me\?login=expired$/);
  expect((await meOf(page)).account).toBeNull();
  expect((await roomOf(page, room.code)).you).toBe(1);
  await attacker.goto(back);
  await attacker.waitForURL(/\/me$/);
  expect((await meOf(attacker)).account?.name).toBe("eve");
  expect((await roomOf(attacker, room.code)).you).toBeNull();
});

test("whoever planted a guest or a session before a log-in is not the account", async ({
  page,
  browser,
  server,
}) => {
  const { page: attacker } = await newBrowser(browser, server);
  await attacker.goto("/me");
  await newRoom(attacker.request, "calm", "하나");
  const guest = (await cookieOf(attacker.context(), "tingting_guest")) ?? "";
  await page.goto("/me");
  await plant(page.context(), server, "tingting_guest", guest);
  await logIn(page, "fixed");
  const room = await newRoom(page.request, "calm", "두리");
  expect((await meOf(attacker)).account).toBeNull();
  expect((await roomOf(attacker, room.code)).you).toBeNull();
  // A session that was there before gives way to a new one.
  const { page: eve } = await newBrowser(browser, server);
  await logIn(eve, "fixing");
  const session = (await cookieOf(eve.context(), "tingting_session")) ?? "";
  const { page: other } = await newBrowser(browser, server);
  await plant(other.context(), server, "tingting_session", session);
  await other.goto("/login/here?to=/me");
  await identify(other, "fixed");
  await other.waitForURL(/\/me$/);
  expect((await meOf(other)).account?.name).toBe("fixed");
  expect(await cookieOf(other.context(), "tingting_session")).not.toBe(session);
});

test("a log-in leads to no other site", async ({ page, server }) => {
  for (const to of ["//evil.example", "https://evil.example/me", "/\\evil.example"]) {
    // The page that is there asks nothing any more: an answer to it would make the browser another guest.
    await page.goto("about:blank");
    await page.context().clearCookies();
    await page.goto(`/login/here?to=${encodeURIComponent(to)}`);
    await identify(page, "led");
    await page.waitForURL(new URL("/me", server.address).href);
    expect((await meOf(page)).account?.name).toBe("led");
  }
});

test("an address with a code is good once, here and at the provider", async ({
  page,
  browser,
  server,
}) => {
  const back = await goToProvider(page, "once");
  const planted = (await cookieOf(page.context(), "tingting_login")) ?? "";
  await page.goto(back);
  await page.waitForURL(/\/me$/);
  const session = await cookieOf(page.context(), "tingting_session");
  await plant(page.context(), server, "tingting_login", planted);
  await page.goto(back);
  await page.waitForURL(/\/me\?login=expired$/);
  expect(await cookieOf(page.context(), "tingting_session")).toBe(session);
  // Another browser has a log-in of its own under way, and somebody else's code.
  const { page: thief } = await newBrowser(browser, server);
  const own = new URL(await goToProvider(thief, "thief"));
  own.searchParams.set("code", new URL(back).searchParams.get("code") ?? "");
  await thief.goto(own.href);
  await thief.waitForURL(/\/me\?login=failed$/);
  expect((await meOf(thief)).account).toBeNull();
});

test("another site begins no log-in of a person whom the provider knows", async ({
  page,
  server,
}) => {
  await logIn(page, "sent");
  await page.context().clearCookies({ name: "tingting_session" });
  const way = new URL("/login/here?to=/", server.address).href;
  await page.route("http://evil.example/", (route) =>
    route.fulfill({ contentType: "text/html", body: `<a href="${way}">win a ticket</a>` }),
  );
  await page.goto("http://evil.example/");
  await page.getByText("win a ticket").click();
  await page.waitForURL(new URL("/me", server.address).href);
  expect((await meOf(page)).account).toBeNull();
  // There one presses the button, and the provider still knows who this is.
  await page.locator(".log-in .button").first().click();
  await expect(page.locator(".account h2")).toHaveText("sent");
});
