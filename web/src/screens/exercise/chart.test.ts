// Tests of the picture of the last ten.
import { expect, test } from "vitest";
import { chartOf, RUNS } from "./chart";

const BOX = { width: 110, height: 50, pad: 10 };

test("the fastest stands lowest, the slowest highest, and time goes to the right", () => {
  const { dots } = chartOf([9_000, 3_000, 6_000], null, BOX);
  expect(dots.map(({ x }) => x)).toEqual([10, 20, 30]);
  expect(dots.map(({ y }) => y)).toEqual([10, 40, 25]);
  expect(dots.map(({ isBest }) => isBest)).toEqual([false, true, false]);
});

test("a goal that was not reached stands at the top and is told apart", () => {
  const { dots } = chartOf([null, 3_000, 4_000], null, BOX);
  expect(dots[0]).toMatchObject({ y: 10, isReached: false, isBest: false });
});

test("of more than ten the last ten are drawn, within the picture", () => {
  const times = Array.from({ length: 14 }, (_, at) => 1_000 + at);
  const { dots } = chartOf(times, 1_005, BOX);
  expect(dots).toHaveLength(RUNS);
  for (const { x, y } of dots) {
    expect(x).toBeGreaterThanOrEqual(10);
    expect(x).toBeLessThanOrEqual(100);
    expect(y).toBeGreaterThanOrEqual(10);
    expect(y).toBeLessThanOrEqual(40);
  }
});

test("equal times stand in the middle, and nothing is broken without any", () => {
  expect(chartOf([5_000, 5_000], 5_000, BOX)).toMatchObject({
    usualY: 25,
    dots: [{ y: 25 }, { y: 25 }],
  });
  expect(chartOf([], null, BOX)).toEqual({ dots: [], usualY: null });
  expect(chartOf([null, null], null, BOX).dots.map(({ y }) => y)).toEqual([10, 10]);
});

test("what is usual is drawn once there is something to compare", () => {
  expect(chartOf([5_000], 5_000, BOX).usualY).toBeNull();
  expect(chartOf([5_000, 3_000], 4_000, BOX).usualY).toBe(25);
});
