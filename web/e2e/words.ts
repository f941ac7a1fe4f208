/** What the page says for a key, in the language it speaks. */

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type ko from "../messages/ko.json";
import type { Language } from "../src/api/types";

export type { Language };
export type Key = keyof typeof ko;

/** A text, or texts of which one is chosen by an input: "1 seat" and "2 seats". */
type Message = string | { match: Record<string, string> }[];

const read = (language: Language): Record<Key, Message> =>
  JSON.parse(readFileSync(new URL(`../messages/${language}.json`, import.meta.url), "utf8"));
const MESSAGES = { ko: read("ko"), en: read("en"), ja: read("ja") };

export async function languageOf(page: Page): Promise<Language> {
  return (await page.locator("html").getAttribute("lang")) as Language;
}

/** Inputs that a test does not give may be anything. */
export async function said(page: Page, key: Key): Promise<RegExp> {
  const message = MESSAGES[await languageOf(page)][key];
  const texts =
    typeof message === "string" ? [message] : message.flatMap(({ match }) => Object.values(match));
  return new RegExp(`^(?:${texts.map(patternOf).join("|")})$`);
}

/** The same, where more stands beside it. */
export const saidWithin = async (page: Page, key: Key) =>
  new RegExp((await said(page, key)).source.slice(1, -1));

/** What is said of a line that is broken; a refusal is none. */
export const OF_THE_LINE = /인터넷|연결|네트워크/;

function patternOf(text: string): string {
  const parts = text.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return parts.join(".+");
}
