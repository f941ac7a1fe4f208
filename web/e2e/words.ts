/** What the page says for a key, in the language it speaks. */

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type ko from "../messages/ko.json";
import type { Language } from "../src/api/types";

export type { Language };
export type Key = keyof typeof ko;

const read = (language: Language): Record<Key, string> =>
  JSON.parse(readFileSync(new URL(`../messages/${language}.json`, import.meta.url), "utf8"));
const MESSAGES = { ko: read("ko"), en: read("en"), ja: read("ja") };

export async function languageOf(page: Page): Promise<Language> {
  return (await page.locator("html").getAttribute("lang")) as Language;
}

/** Inputs that a test does not give may be anything. */
export async function said(page: Page, key: Key): Promise<RegExp> {
  const text = MESSAGES[await languageOf(page)][key];
  const parts = text.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`);
}
