/** A double tap on every button: it counts once, and the screen that follows stands. */

import type { Locator, Page } from "@playwright/test";
import {
  expect,
  fillPayment,
  fillPrice,
  fillReceipt,
  newRace,
  passCaptcha,
  pressAtOpening,
  pressLate,
  raceIdOf,
  reach,
  stepOf,
  test,
} from "./race";
import { chooseSeat, chosenSeats, openSection } from "./seats";

/** From one tap to the next, as a trembling or an impatient finger makes them. */
const GAP_MS = 80;

type Hand = "mouse" | "finger";
const HANDS: readonly Hand[] = ["mouse", "finger"];

/** Two taps that say to the page that they were made 80 ms apart, however slowly a busy machine brings them. */
async function tapTwice(page: Page, hand: Hand, x: number, y: number): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const first = Date.now() / 1000;
  for (const [index, timestamp] of [first, first + GAP_MS / 1000].entries()) {
    if (hand === "mouse") {
      const press = { x, y, timestamp, button: "left", clickCount: index + 1 } as const;
      await browser.send("Input.dispatchMouseEvent", { ...press, type: "mousePressed" });
      await browser.send("Input.dispatchMouseEvent", { ...press, type: "mouseReleased" });
    } else {
      const touch = { timestamp, touchPoints: [{ x, y }] };
      await browser.send("Input.dispatchTouchEvent", { ...touch, type: "touchStart" });
      await browser.send("Input.dispatchTouchEvent", {
        timestamp,
        touchPoints: [],
        type: "touchEnd",
      });
    }
    if (index === 0) await page.waitForTimeout(GAP_MS);
  }
  await browser.detach();
}

/** The commands that the page has sent, by the last part of their address: races, enter, hold … */
function commandsOf(page: Page): string[] {
  const commands: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() !== "GET" && pathname.startsWith("/api/races"))
      commands.push(pathname.split("/").at(-1) ?? "");
  });
  return commands;
}

async function middleOf(button: Locator): Promise<[number, number]> {
  // It takes presses by now: a first press that does not count would prove nothing.
  await button.click({ trial: true });
  const box = await button.boundingBox();
  if (!box) throw new Error("the button is not there");
  return [box.x + box.width / 2, box.y + box.height / 2];
}

const ORDERS = (commands: string[]) => commands.filter((one) => one !== "marks");

for (const hand of HANDS) {
  test(`by ${hand}: two taps on any button count once, and what follows stands`, async ({
    page,
    isMobile,
    hasTouch,
  }) => {
    test.skip(hand === "finger" && !hasTouch && !isMobile, "this screen knows no touch");
    const commands = commandsOf(page);
    const twice = async (button: Locator) => tapTwice(page, hand, ...(await middleOf(button)));
    const dialog = page.locator("dialog");
    await page.goto("/");

    await twice(page.locator(".home-words button"));
    await pressAtOpening(page, () => twice(page.locator(".lobby-press button")));
    await reach(page, "captcha");
    expect(ORDERS(commands)).toEqual(["races", "enter"]);

    await passCaptcha(page);
    await reach(page, "sections");
    await twice(page.locator(".frame-tools > button").last());
    await expect(dialog).toBeVisible();
    await twice(dialog.locator("button").first());
    await expect(dialog).toHaveCount(0);
    expect(ORDERS(commands).filter((one) => one !== "captcha")).toEqual(["races", "enter"]);

    await openSection(page, 1, (x, y) => tapTwice(page, hand, x, y));
    await expect(chosenSeats(page)).toHaveCount(0);
    await chooseSeat(page, (x, y) => tapTwice(page, hand, x, y));
    await expect(chosenSeats(page)).toHaveCount(1);

    await twice(page.locator(".sheet-go button"));
    await fillPrice(page);
    await twice(page.locator(".pay-go button").last());
    await reach(page, "receipt");
    await expect(page.locator(".pay-trouble")).toBeEmpty();
    await twice(page.locator(".pay-go button").first());
    await expect(dialog).toBeVisible();
    await twice(dialog.locator("button").first());
    await expect(dialog).toHaveCount(0);
    await fillReceipt(page);
    await twice(page.locator(".pay-go button").last());
    await reach(page, "payment");
    await expect(page.locator(".pay-trouble")).toBeEmpty();
    // A box that is ticked twice would be empty again.
    const agreed = page.locator("input[type=checkbox]");
    await twice(agreed.first());
    await expect(agreed.first()).toBeChecked();
    await fillPayment(page);
    await twice(page.locator(".pay-go button").last());
    await reach(page, "done");
    await expect(page.locator(".done-facts")).toBeVisible();
    const ORDERED = ["races", "enter", "view", "hold", "pay"];
    // A seat that somebody else got first was asked for once, and then another. On a busy machine a section is tapped
    // once more before it opens.
    const isAgain = (one: string, at: number, all: string[]) =>
      ["view", "hold"].includes(one) && all[at - 1] === one;
    const kinds = () =>
      commands
        .filter((one) => [...ORDERED, "release", "leave"].includes(one))
        .filter((one, at, all) => !isAgain(one, at, all));
    expect(kinds()).toEqual(ORDERED);

    await twice(page.locator(".done-go button").first());
    await reach(page, "report");
    await expect(page.locator(".time-line li").first()).toBeVisible();
    expect(kinds()).toEqual(ORDERED);

    const before = raceIdOf(page);
    await twice(page.locator(".report-go button").first());
    await expect.poll(() => raceIdOf(page)).not.toBe(before);
    await reach(page, "lobby");
    await expect(page.locator(".lobby-refused")).toBeEmpty();
    expect(kinds()).toEqual([...ORDERED, "races"]);
    await twice(page.locator(".frame-tools > button").last());
    await expect(page.locator(".home-words button")).toBeVisible();
    expect(stepOf(page)).toBe("");
  });
}

test("two taps on the way out leave one where it leads: at the end, in a new race, at home", async ({
  page,
}) => {
  const commands = commandsOf(page);
  const { id } = await newRace(page, "long-queue");
  await page.goto(`/race/${id}`);
  const twice = async (button: Locator) => tapTwice(page, "mouse", ...(await middleOf(button)));
  await pressLate(page, id);
  await twice(page.locator(".window .button").last());
  await twice(page.locator("dialog button").last());
  await expect(page.locator(".done h1")).toBeVisible();
  expect(raceIdOf(page)).toBe(id);
  await twice(page.locator(".done-go button").last());
  await expect.poll(() => raceIdOf(page)).not.toBe(id);
  await reach(page, "lobby");
  expect(commands.filter((one) => one === "races")).toHaveLength(1);
  await page.goto(`/race/${id}/report`);
  for (const home of [".report-go button", ".missing button"]) {
    await twice(page.locator(home).last());
    await expect(page.locator(".home-words button")).toBeVisible();
    expect(stepOf(page)).toBe("");
    await page.goto("/nowhere");
  }
  expect(commands.filter((one) => one === "races")).toHaveLength(1);
});

test("a key that is held down presses once", async ({ page, open }) => {
  await open("long-queue");
  const sound = page.locator(".frame-tools > button").first();
  await sound.focus();
  // The second and all later ones say that they are repeats, as those of a held key do.
  for (let pressed = 0; pressed < 4; pressed++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await expect(sound).toHaveAttribute("aria-pressed", "true");
});
