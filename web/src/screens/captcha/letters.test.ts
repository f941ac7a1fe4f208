// Tests of the letters of a captcha.
import { expect, test } from "vitest";
import { hasHangul, onlyLetters } from "./letters";

test("Hangul is noticed while it is being composed", () => {
  for (const typed of ["ㅎ", "하", "한글", "ABㅊ", "ᄒ"]) expect(hasHangul(typed)).toBe(true);
  for (const typed of ["", "ABC", "a1 b"]) expect(hasHangul(typed)).toBe(false);
});

test("only letters stay, as capitals", () => {
  expect(onlyLetters("ab C1ㅎ하-d")).toBe("ABCD");
});
