/** Exercises by pointer: how each begins, what reaches its goal, and what its end shows. */

import type { Page } from "@playwright/test";
import type { Exercise, ExerciseRun, Progress } from "../src/api/training-types";
import { EXERCISES } from "../src/store/exercises";
import {
  ask,
  expect,
  fillPayment,
  fillPrice,
  fillReceipt,
  goOn,
  passCaptcha,
  pressAtOpening,
  raceIdOf,
  reach,
} from "./race";

/** The step at which each begins. */
const BEGINS: Record<Exercise, string> = {
  press: "lobby",
  captcha: "captcha",
  section: "sections",
  seats: "seats",
  conflict: "seats",
  pay: "price",
};

/** One press on the first page, and the exercise stands at its step; tells the race's id. */
export async function begin(page: Page, exercise: Exercise): Promise<string> {
  await page.locator(".exercise").nth(EXERCISES.indexOf(exercise)).click();
  await reach(page, BEGINS[exercise]);
  return raceIdOf(page);
}

/** The run is over: the page is at its last step. */
const end = (page: Page) => page.locator("[data-step=done]");

const NONE_LEFT = /없음|no seats left|残席なし/;

/** What a person does to reach the goal. */
export const DO: Record<Exercise, (page: Page) => Promise<void>> = {
  press: (page) => pressAtOpening(page),
  captcha: passCaptcha,
  async section(page) {
    const places = page.locator(".seatmap-places button");
    await expect(places.first()).toBeAttached();
    const names = await places.evaluateAll((all) => all.map((one) => one.ariaLabel ?? ""));
    const left = names.findIndex((name) => !NONE_LEFT.test(name));
    const box = await places.nth(left).boundingBox();
    if (!box) throw new Error("the section is not drawn");
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  },
  seats: takeSeat,
  async conflict(page) {
    await takeSeat(page);
  },
  async pay(page) {
    for (const fill of [fillPrice, fillReceipt, fillPayment]) {
      await fill(page);
      await goOn(page);
    }
  },
};

/**
 * Others may be faster, and in one exercise somebody surely is: then another seat is tried. By keys, which take the fewest
 * of the seconds that count, and from the far end of the section: rivals look for good seats first, and a row that they
 * have emptied is passed over.
 */
async function takeSeat(page: Page): Promise<void> {
  const here = page.locator(".seatmap-places button[tabindex='0']");
  const notice = page.locator("dialog");
  const isOver = end(page).or(notice);
  while (!(await end(page).isVisible())) {
    // What goes with the run, or lies under the notice of a seat that is gone, takes no key.
    const isPressed = await here
      .press("Control+End", SOON)
      .then(() => page.keyboard.press("Enter"))
      .then(() => true)
      .catch(() => false);
    // The map may have learnt that the seat is gone: then nothing comes of it.
    if (isPressed) await isOver.waitFor({ timeout: 1_500 }).catch(() => undefined);
    if (await notice.isVisible()) await page.keyboard.press("Escape");
  }
}

const SOON = { timeout: 1_000 };

export const progressOf = (page: Page) => ask<Progress>(page, "/api/progress");

/** What the server keeps of a run; it must keep it. */
export async function runOf(page: Page, id: string): Promise<ExerciseRun> {
  const { exercises } = await progressOf(page);
  const run = exercises.flatMap(({ last }) => last).find(({ race }) => race === id);
  if (!run) throw new Error("the run is not kept");
  return run;
}
