/** Hints in somebody's first race and never after it, and the ghost from the second race of a kind on. */

import { shoot, violations } from "./look";
import { expect, leave, newRace, passCaptcha, pressAtOpening, reach, test } from "./race";
import { openSection } from "./seats";
import { type Key, said } from "./words";

/** Not the lobby: a page that is loaded there anew shows no line that would come after it and move it. */
const STEPS: [step: string, hint: Key][] = [
  ["captcha", "hint_captcha"],
  ["sections", "hint_sections"],
  ["seats", "hint_seats"],
];

test("the first race has a hint at each step, beside what one does, and no race after it", async ({
  page,
}) => {
  const hint = page.locator(".hint");
  const { id } = await newRace(page, "calm");
  await page.goto(`/race/${id}`);
  const go: Record<string, () => Promise<void>> = {
    captcha: () => passCaptcha(page),
    sections: () => openSection(page, 1),
    seats: () => leave(page),
  };
  await pressAtOpening(page);
  for (const [step, key] of STEPS) {
    await reach(page, step);
    const label = (await said(page, "hint_label")).source.slice(4, -2);
    const text = (await said(page, key)).source.slice(4, -2);
    await expect(hint).toHaveText(new RegExp(`^${label} ${text}$`));
    // It asks for nothing and lies over nothing: there is nothing in it to press, and the frame holds it.
    await expect(hint.locator("button")).toHaveCount(0);
    await expect(page.locator(".frame .hint")).toHaveCount(1);
    await shoot(page, step);
    await go[step]?.();
  }
  await reach(page, "done");
  await expect(hint).toHaveCount(0);
  const next = await newRace(page, "calm");
  await page.goto(`/race/${next.id}`);
  await pressAtOpening(page);
  await reach(page, "captcha");
  // The part that would bring hints is there: it has brought the ghost.
  await expect(page.locator(".ghost")).toBeVisible();
  await expect(hint).toHaveCount(0);
  // Also in the first race itself nothing is left of it once it is over.
  await page.goto(`/race/${id}`);
  await reach(page, "done");
  await expect(hint).toHaveCount(0);
});

test("in a race of the same kind the ghost shows where one stood last time, until it is hidden", async ({
  page,
}) => {
  const ghost = page.locator(".ghost");
  const first = await newRace(page, "calm");
  await page.goto(`/race/${first.id}`);
  await pressAtOpening(page);
  await passCaptcha(page);
  await reach(page, "sections");
  await leave(page);
  await reach(page, "done");
  const second = await newRace(page, "calm");
  await page.goto(`/race/${second.id}`);
  await reach(page, "lobby");
  const toggle = page.locator(".ghost-before button, .lobby-room .button").last();
  await expect(toggle).toHaveAttribute("aria-label", await said(page, "ghost_off"));
  await expect(ghost).toHaveText(await said(page, "ghost_before"));
  expect(await violations(page)).toEqual([]);
  await shoot(page, "ghost");
  await pressAtOpening(page);
  await reach(page, "captcha");
  await expect(ghost).toHaveText(await said(page, "ghost_line"));
  await leave(page);
  await reach(page, "done");
  await expect(ghost).toHaveCount(0);
  // Another hall, demand or style is another race.
  const other = await newRace(page, "by-hand");
  await page.goto(`/race/${other.id}`);
  await expect(page.locator(".lobby-hall canvas")).toBeVisible();
  await expect(ghost).toHaveCount(0);
  const third = await newRace(page, "calm");
  await page.goto(`/race/${third.id}`);
  await expect(ghost).toBeVisible();
  await toggle.click();
  await expect(ghost).toHaveCount(0);
  await expect(toggle).toHaveText(await said(page, "ghost_on"));
  await page.reload();
  await reach(page, "lobby");
  await expect(toggle).toHaveText(await said(page, "ghost_on"));
  await expect(ghost).toHaveCount(0);
});
