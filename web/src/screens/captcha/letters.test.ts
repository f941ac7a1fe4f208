// Tests of the letters of a captcha.
import { expect, test } from "vitest";
import { hasHangul, hasOthers, onlyLetters } from "./letters";

test("Hangul is noticed while it is being composed", () => {
  for (const typed of ["ㅎ", "하", "한글", "ABㅊ", "ᄒ", "ﾾ"]) expect(hasHangul(typed)).toBe(true);
  for (const typed of ["", "ABC", "a1 b", "ＡＢ"]) expect(hasHangul(typed)).toBe(false);
});

test("only letters stay, in either case", () => {
  expect(onlyLetters("ab C1ㅎ하-d")).toBe("abCd");
});

test("letters of a Japanese keyboard are letters", () => {
  expect(onlyLetters("ＡＢｃ　ｄ")).toBe("ABcd");
  expect(hasOthers("ＡＢｃ　ｄ")).toBe(false);
  expect(hasOthers("Ａあ")).toBe(true);
  expect(hasOthers("A１")).toBe(true);
});
