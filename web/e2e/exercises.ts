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
import { findShownFree, placeCalled } from "./seats";

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

/** Others may be faster, and in one exercise somebody surely is: then another seat is tried. */
async function takeSeat(page: Page): Promise<void> {
  const notice = page.locator("dialog");
  const lost: string[] = [];
  while (!(await end(page).isVisible())) {
    const found = await findShownFree(page, raceIdOf(page), "free", lost).catch(() => null);
    if (!found) {
      // Whoever has reached the goal is outside, and is told of no seat: the score comes next. A busy machine is asked again.
      await end(page)
        .waitFor({ timeout: 500 })
        .catch(() => undefined);
      continue;
    }
    const { name } = found;
    lost.push(name);
    await choose(page, name);
    // The map may have learnt that it is gone: then nothing comes of it.
    await end(page)
      .or(notice)
      .waitFor({ timeout: 1_500 })
      .catch(() => undefined);
    if (await notice.isVisible()) await notice.getByRole("button").last().click();
  }
}

/** As by a key: a hand that drags the map to where it can press takes its seconds from those of the exercise. */
async function choose(page: Page, name: string): Promise<void> {
  await placeCalled(page, name).evaluate((place) => (place as HTMLElement).click());
}

export const progressOf = (page: Page) => ask<Progress>(page, "/api/progress");

/** What the server keeps of a run; it must keep it. */
export async function runOf(page: Page, id: string): Promise<ExerciseRun> {
  const { exercises } = await progressOf(page);
  const run = exercises.flatMap(({ last }) => last).find(({ race }) => race === id);
  if (!run) throw new Error("the run is not kept");
  return run;
}
