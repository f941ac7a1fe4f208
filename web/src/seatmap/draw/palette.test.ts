// Tests of the colours of the canvas.
import { expect, test } from "vitest";
import { contrast, fromHex, gradeOn, inkOn, legible, mix, toHex } from "./palette";

const GRADES = ["#d9437f", "#8455c9", "#3b78d8", "#2f9e6b", "#d9a520"];

test("contrast is that of the guidelines", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 1);
});

test.each(["#100b1a", "#faf8fd", "#ffffff", "#000000"])("grades stand out from %s", (ground) => {
  for (const grade of GRADES) {
    expect(contrast(legible(grade, ground, 3.4), ground)).toBeGreaterThanOrEqual(3.4);
  }
});

test("a colour that stands out is left alone", () => {
  expect(legible("#d9437f", "#100b1a", 3)).toBe("#d9437f");
});

test.each(["#14101a", "#f7f4f8", "#ffffff", "#000000"])(
  "numbers on seats are text on %s",
  (ground) => {
    for (const grade of GRADES) {
      const shown = gradeOn(grade, ground);
      expect(contrast(inkOn(shown), shown)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(shown, ground)).toBeGreaterThanOrEqual(3.4);
    }
  },
);

test("colours go there and back", () => {
  expect(toHex(fromHex("#d9437f"))).toBe("#d9437f");
  expect(mix("#000000", "#ffffff", 0.5)).toBe("#808080");
});
