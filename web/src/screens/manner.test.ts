// Tests of the words and skins of styles.
import { expect, test } from "vitest";
import { skinOfStyle, wordsOfStyle } from "./manner";

const style = (words: string, skin: string) => ({ screen: { words, skin } });

test("a style speaks with the set of words that it names", () => {
  const plain = wordsOfStyle(style("plain", "round"));
  const official = wordsOfStyle(style("official", "round"));
  expect(official.captcha.title()).not.toBe(plain.captcha.title());
  expect(official.taken.title()).not.toBe(plain.taken.title());
  expect([plain.queue.notice, plain.queue.placeName]).toEqual([null, null]);
  expect(official.queue.notice?.state()).toBeTruthy();
  expect(official.queue.place("12")).toContain("12");
});

test.each(["", "n-style", "Plain", "constructor"])(
  "plain words stand in for the unknown set of words %j",
  (name) => {
    expect(wordsOfStyle(style(name, "square"))).toBe(wordsOfStyle(style("plain", "square")));
  },
);

test("a style has the skin that it names", () => {
  expect(skinOfStyle(style("plain", "round"))).toBe("round");
  expect(skinOfStyle(style("plain", "square"))).toBe("square");
});

test.each(["", "m-style", "Square", "constructor"])(
  "the round skin stands in for the unknown skin %j",
  (name) => {
    expect(skinOfStyle(style("official", name))).toBe("round");
  },
);

test("plain words say when it is nearly the visitor's turn, official words never change", () => {
  const { text: plain } = wordsOfStyle(style("plain", "round")).queue;
  const { text: official } = wordsOfStyle(style("official", "round")).queue;
  expect(new Set([plain(null, 0), plain(9, 0.5), plain(1, 0.95)]).size).toBe(3);
  expect(new Set([official(null, 0), official(9, 0.5), official(1, 0.95)]).size).toBe(1);
});
