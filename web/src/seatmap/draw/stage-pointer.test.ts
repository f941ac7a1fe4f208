// Tests of the sign that points at the stage.
import { expect, test } from "vitest";
import { signOf } from "./stage-pointer";

const stage = { left: 400, top: 0, right: 600, bottom: 100 };
const size = { width: 300, height: 400 };
const seeing = (x: number, y: number) => ({ k: 1, x: 150 - x, y: 200 - y });

test("no sign while the stage is in sight", () => {
  expect(signOf(stage, seeing(500, 200), size)).toBeNull();
});

test("the sign stands at the edge that is nearest to the stage and points there", () => {
  const below = signOf(stage, seeing(500, 1_000), size);
  expect(below).toMatchObject({ x: 150, y: 24, isAside: false });
  expect(below?.angle).toBeCloseTo(0);
  const left = signOf(stage, seeing(0, 50), size);
  expect(left).toMatchObject({ x: 276, y: 200, isAside: true });
  expect(left?.angle).toBeCloseTo(90);
});
