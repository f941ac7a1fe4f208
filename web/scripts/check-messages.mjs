// Every language says everything: a key that one lacks, or whose inputs differ, stops the build.
import { readFileSync } from "node:fs";

const read = (locale) =>
  JSON.parse(readFileSync(new URL(`../messages/${locale}.json`, import.meta.url), "utf8"));
const { baseLocale, locales } = JSON.parse(
  readFileSync(new URL("../project.inlang/settings.json", import.meta.url), "utf8"),
);

/** A message is a text, or texts of which one is chosen by an input: "1 seat" and "2 seats". */
const textsOf = (message) =>
  typeof message === "string" ? [message] : message.flatMap(({ match }) => Object.values(match));
const selectorsOf = (message) =>
  typeof message === "string" ? [] : message.flatMap(({ selectors }) => selectors);

const inputsOf = (message) => {
  const named = textsOf(message).flatMap((text) =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
  );
  return [...new Set([...named, ...selectorsOf(message)])].sort().join();
};

export function findGaps(base, other) {
  const gaps = [];
  for (const [key, text] of Object.entries(base)) {
    if (key === "$schema") continue;
    if (!other[key]) gaps.push(`${key} is missing`);
    else if (inputsOf(other[key]) !== inputsOf(text)) gaps.push(`${key} has other inputs`);
  }
  for (const key of Object.keys(other)) if (!(key in base)) gaps.push(`${key} is unknown`);
  return gaps;
}

const base = read(baseLocale);
const gaps = locales.flatMap((locale) =>
  findGaps(base, read(locale)).map((gap) => `messages/${locale}.json: ${gap}`),
);
for (const gap of gaps) console.error(gap);
if (gaps.length > 0) process.exit(1);
