// Tests of the messages of all languages.
import { expect, test } from "vitest";
import en from "../../messages/en.json";
import ja from "../../messages/ja.json";
import ko from "../../messages/ko.json";

const inputs = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const others: [string, Record<string, string>][] = [
  ["en", en],
  ["ja", ja],
];

test.each(others)("%s says all that Korean says, with the same inputs", (_, messages) => {
  expect(Object.keys(messages).sort()).toEqual(Object.keys(ko).sort());
  for (const [key, text] of Object.entries(ko)) {
    if (key !== "$schema") expect([key, inputs(messages[key] ?? "")]).toEqual([key, inputs(text)]);
  }
});

test("no word of the machine room reaches a screen", () => {
  const forbidden =
    /\bredis|\bzset|\bttl\b|\bmq\b|\blua\b|jitter|\bpoll|token|토큰|서버 오류|에러|websocket/i;
  for (const messages of [ko, en, ja]) {
    for (const [key, text] of Object.entries(messages)) {
      if (key !== "$schema") expect([key, forbidden.test(text)]).toEqual([key, false]);
    }
  }
});
