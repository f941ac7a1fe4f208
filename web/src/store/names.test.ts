// Tests of nicknames.
import { expect, test } from "vitest";
import { readName } from "./names";

test("a name is trimmed, has single spaces and is composed", () => {
  expect(readName("a \u3000 b")).toEqual({ name: "a b" });
  expect(readName("❤\ufe0f")).toEqual({ name: "❤" });
  expect(readName("  포도 12 ")).toEqual({ name: "포도 12" });
  // The same syllable out of its parts is written as one character.
  expect(readName("\u1112\u1161\u11ab")).toEqual({ name: "한" });
});

test("twenty characters are enough, however many bytes they take", () => {
  expect(readName("가".repeat(20))).toEqual({ name: "가".repeat(20) });
  expect(readName("🍇".repeat(20))).toEqual({ name: "🍇".repeat(20) });
  expect(readName("가".repeat(21))).toEqual({ fault: "long" });
});

test("nothing is no name", () => {
  for (const typed of ["", " ", "\u3000 "]) expect(readName(typed)).toEqual({ fault: "empty" });
});

test.each([
  ["a zero width space", "a\u200bb"],
  ["a joiner", "a\u200db"],
  ["a change of direction", "\u202eabc"],
  ["a line break", "a\nb"],
  ["a bell", "a\u0007"],
  ["a blank of Hangul", "a\u3164"],
  ["blank Braille", "\u2800"],
  ["a mark on nothing", "\u0301a"],
  ["a pile of marks", "a\u0323\u0324\u0325\u0330\u0331"],
  ["half a pair", "a\ud800"],
  ["a private character", "a\ue000"],
  ["an unassigned character", "a\u0378"],
])("%s is refused", (_, typed) => {
  expect(readName(typed)).toEqual({ fault: "forbidden" });
});
