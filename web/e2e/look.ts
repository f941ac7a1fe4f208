/** What must hold on every screen, however it was reached. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page, test } from "@playwright/test";
import type { Language } from "./words";

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);
const SHOTS = process.env["SHOTS"];

/** For people to look at; only where a folder for it is named. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  const run = `${test.info().project.name}-${test.info().title}`.replaceAll(/\W+/g, "-");
  await page.screenshot({ path: `${SHOTS}/${run}-${name}.png` });
}

/** Two frames: the page has heard of a change and has drawn it. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

type AxeResult = { violations: { id: string; nodes: { target: string[] }[] }[] };

export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const result = await page.evaluate<AxeResult>(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  return result.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`,
  );
}

/** The focus is on what has just come, and under a dialog nothing can be reached. */
export async function focusIsHere(page: Page, name: string): Promise<void> {
  const focus = () =>
    page.evaluate(() => {
      const here = document.activeElement;
      const dialog = document.querySelector("dialog[open]");
      if (dialog && !dialog.contains(here)) return "behind the dialog";
      return here && here !== document.body ? "here" : "on body";
    });
  // A dialog that has gone gives the focus back a frame later.
  await expect.poll(focus, `focus on ${name}`).toBe("here");
}

/** What no visitor should ever read: a value that is not there, or less than nothing. */
const BROKEN = /NaN|undefined|\bnull\b|Infinity|\[object|Invalid|(^|[^\p{L}\d])[-−]\d/gu;

export async function wordsAreWhole(page: Page, name: string): Promise<void> {
  const text = await page.evaluate(() => {
    const labels = [...document.querySelectorAll("[aria-label],[alt],[title],[placeholder]")];
    const said = labels.flatMap((one) =>
      ["aria-label", "alt", "title"].map((attribute) => one.getAttribute(attribute) ?? ""),
    );
    return `${document.body.innerText}\n${said.join("\n")}`;
  });
  expect(text.match(BROKEN) ?? [], `broken words on ${name}`).toEqual([]);
  const empty = await page.evaluate(() =>
    [...document.querySelectorAll("h1,h2,dt,dd,th,td,button,a")]
      .filter((one) => one.checkVisibility() && !one.closest("[aria-hidden=true]"))
      .filter((one) => !one.textContent?.trim() && !one.getAttribute("aria-label"))
      .map((one) => one.outerHTML.slice(0, 80)),
  );
  expect(empty, `nothing said on ${name}`).toEqual([]);
}

/** What a screen of one width gets wrong: all faults at once, so that one run tells them all. */
export async function faultsOfLayout(page: Page): Promise<string[]> {
  const all = [overfullBoxes(page), missedButtons(page), brokenWords(page)];
  return (await Promise.all(all)).flat();
}

/** Buttons that something covers in the middle or near a corner. Those that have just come take no press at first. */
async function missedButtons(page: Page): Promise<string[]> {
  await expect(page.locator("[data-fresh]")).toHaveCount(0);
  return page.evaluate(() => {
    const faults: string[] = [];
    const top = document.querySelector("dialog[open]") ?? document.body;
    const buttons = [...top.querySelectorAll<HTMLElement>("button, .pick, .cards-card")].filter(
      (one) => one.checkVisibility({ opacityProperty: true }) && !one.closest(".seatmap-places"),
    );
    const called = (one: HTMLElement) => one.getAttribute("aria-label") ?? one.innerText.trim();
    for (const button of buttons) {
      const missedAt = (block: ScrollLogicalPosition) => {
        button.scrollIntoView({ block, inline: "nearest", behavior: "instant" });
        const { left, top: upper, right, bottom } = button.getBoundingClientRect();
        const style = getComputedStyle(button);
        // A round corner belongs to what lies behind it: aim just inside the curve.
        const round = Math.min(Number.parseFloat(style.borderRadius) || 0, (bottom - upper) / 2);
        const inset = round * 0.3 + 1;
        const points: [number, number][] = [
          [(left + right) / 2, (upper + bottom) / 2],
          [left + inset, upper + inset],
          [right - inset, upper + inset],
          [left + inset, bottom - inset],
          [right - inset, bottom - inset],
        ];
        const isHit = ([x, y]: [number, number]) => {
          const hit = document.elementFromPoint(x, y);
          return button.contains(hit) || hit?.closest("label") === button;
        };
        return points.filter((point) => !isHit(point)).length;
      };
      // Under something that stays at the edge it may be scrolled to the middle.
      const missed = missedAt("nearest") && missedAt("center");
      if (missed > 0) faults.push(`"${called(button)}" is missed at ${missed} of 5 points`);
    }
    scrollTo(0, 0);
    return faults;
  });
}

/** What is wider than it may be, the page itself among it. */
async function overfullBoxes(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const aside = document.documentElement.scrollWidth - innerWidth;
    if (aside > 0) faults.push(`scrolls sideways by ${aside}`);
    const top = document.querySelector("dialog[open]") ?? document.body;
    for (const box of top.querySelectorAll(
      ".window, .card, .note, .sheet, .figures > div, .pick, dl, form, .captcha-picture",
    )) {
      const over = box.scrollWidth - box.clientWidth;
      if (box.clientWidth > 1 && over > 1)
        faults.push(`${box.className || box.tagName} is overfull by ${over}`);
    }
    return faults;
  });
}

/** Labels that are cut off, that break inside a word, or buttons that take two lines. */
async function brokenWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const top = document.querySelector("dialog[open]") ?? document.body;
    const called = (one: HTMLElement) => one.getAttribute("aria-label") ?? one.innerText.trim();
    const edgesOf = (range: Range) =>
      [...range.getClientRects()].filter(({ width }) => width > 0).map(({ y }) => Math.round(y));
    for (const label of top.querySelectorAll<HTMLElement>(
      "button, h1, h2, .legend, dt, summary, .rail-name, .cards-title",
    )) {
      if (!label.checkVisibility() || label.closest(".seatmap-places, .hidden")) continue;
      if (label.classList.contains("hidden")) continue;
      const isButton = label.matches(".button");
      // A picture beside the words is no line of its own.
      const lines = new Set<number>();
      const texts = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        for (const { index, 0: word } of (text.textContent ?? "").matchAll(/\S+/g)) {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          const edges = new Set(edgesOf(range));
          for (const edge of edges) lines.add(edge);
          // Japanese has no spaces: its words may end a line anywhere.
          const isBroken = edges.size > 1 && !/[\u3040-\u30ff\u4e00-\u9fff]/.test(word);
          if (isBroken) faults.push(`"${word}" is broken`);
        }
      }
      if (isButton && lines.size > 1) faults.push(`"${called(label)}" takes two lines`);
      if (
        label.scrollWidth > label.clientWidth + 1 &&
        label.clientWidth > 1 &&
        getComputedStyle(label).display !== "inline"
      )
        faults.push(`"${called(label)}" is cut off`);
    }
    return faults;
  });
}

const SCRIPTS = { ko: /\p{Script=Hangul}/u, ja: /[\p{Script=Hiragana}\p{Script=Katakana}]/u };

/** Words of another language than the one that was asked for. */
export async function foreignWords(page: Page, language: Language): Promise<string[]> {
  const said = await page.evaluate(() => {
    const lines: string[] = [document.title];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      // Languages are called by their own names.
      if (!text.parentElement?.closest(".language, .announcer, script, style"))
        lines.push(text.textContent ?? "");
    }
    for (const one of document.querySelectorAll("[aria-label],[alt],[title],[placeholder]"))
      for (const name of ["aria-label", "alt", "title", "placeholder"])
        lines.push(one.getAttribute(name) ?? "");
    return lines;
  });
  return said.filter((line) =>
    Object.entries(SCRIPTS).some(([of, script]) => of !== language && script.test(line)),
  );
}

/** Where colours are the reader's own, a control is told by its edge: grounds are all alike. */
export async function unseenControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const top = document.querySelector("dialog[open]") ?? document.body;
    return [...top.querySelectorAll<HTMLElement>(".button, .input, .pick, .cards-card")]
      .filter((one) => one.checkVisibility())
      .filter((one) => {
        const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(one);
        const isDrawn = borderTopWidth !== "0px" && borderTopStyle !== "none";
        return !isDrawn || borderTopColor === getComputedStyle(document.body).backgroundColor;
      })
      .map((one) => `"${one.innerText.trim()}" has no edge`);
  });
}

/** What is in a state, and the same where it is not. */
const STATES: readonly [string, string][] = [
  ["[data-state=behind] > .rail-seat", "[data-state=ahead] > .rail-seat"],
  ["[data-state=here] > .rail-seat", "[data-state=ahead] > .rail-seat"],
  [".countdown-seats > [data-filled]", ".countdown-seats > :not([data-filled])"],
  [".queue-line > [data-filled]", ".queue-line > :not([data-filled])"],
  [".run-seat[data-won]", ".run-seat:not([data-won])"],
  [".cards-card:has(:checked)", ".cards-card:not(:has(:checked))"],
  [".pick:has(input:checked)", ".pick:not(:has(input:checked))"],
  [".seatmap-grade[aria-pressed=true]", ".seatmap-grade[aria-pressed=false]"],
  [".time-line-bar > span", ".time-line-bar"],
  [".recent[aria-current]", ".recent:not([aria-current])"],
  [".spread-card[data-worst]", ".spread-card:not([data-worst])"],
  [".last-ten-seat[data-reached]", ".last-ten-seat:not([data-reached])"],
  [".button[aria-disabled=true]", ".button:not([aria-disabled])"],
];

/** States that look alike where colours are the reader's own. A state that the screen does not show is not looked for. */
export async function statesAlike(page: Page): Promise<string[]> {
  return page.evaluate((states) => {
    const look = (selector: string) => {
      const one = document.querySelector(selector);
      if (!one) return null;
      const style = getComputedStyle(one);
      const { outlineStyle, borderTopWidth, color } = style;
      // A ground is the reader's too, unless the page keeps its own.
      const ground = style.getPropertyValue("forced-color-adjust") === "none";
      return [outlineStyle, borderTopWidth, color, ground && style.backgroundColor].join(" ");
    };
    return states
      .map(([is, not]) => ({ is, there: look(is), elsewhere: look(not) }))
      .filter(({ there, elsewhere }) => there !== null && there === elsewhere)
      .map(({ is }) => `${is} looks as it does in no such state`);
  }, STATES);
}
