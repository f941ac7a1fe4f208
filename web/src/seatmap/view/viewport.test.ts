// Tests of the geometry of views.
import { expect, test } from "vitest";
import {
  clampView,
  fit,
  intoSection,
  NO_INSETS,
  PITCH_TOUCH,
  scaleRange,
  thumbScale,
  toPlan,
  toScreen,
  visibleBox,
  zoomStep,
} from "./viewport";

const hall = { left: 0, top: 0, right: 10_000, bottom: 8_000 };
const phone = { width: 390, height: 640 };

test("screen and plan are each other's inverse", () => {
  const view = { k: 0.37, x: -120, y: 44 };
  const place = toPlan(view, toScreen(view, { x: 777, y: 555 }));
  expect(place.x).toBeCloseTo(777, 6);
  expect(place.y).toBeCloseTo(555, 6);
});

test("a fitted box lies inside what the insets leave", () => {
  const insets = { top: 50, right: 10, bottom: 90, left: 10 };
  const view = fit(hall, phone, insets);
  const seen = visibleBox(view, phone);
  expect(seen.left * view.k).toBeLessThanOrEqual(-10 + 1e-6);
  expect(hall.left * view.k + view.x).toBeGreaterThanOrEqual(10 - 1e-6);
  expect(hall.bottom * view.k + view.y).toBeLessThanOrEqual(640 - 90 + 1e-6);
});

test("every section can be hit with a thumb once inside", () => {
  for (const width of [200, 800, 1500, 4000]) {
    const box = { left: 3000, top: 3000, right: 3000 + width, bottom: 3000 + width };
    const view = intoSection(box, 50, null, phone);
    expect(view.k * 50).toBeGreaterThanOrEqual(PITCH_TOUCH);
  }
});

test("a large section opens where it was tapped, without empty ground", () => {
  const box = { left: 3000, top: 3000, right: 5000, bottom: 5000 };
  const view = intoSection(box, 50, { x: 3010, y: 4990 }, phone);
  const seen = visibleBox(view, phone);
  expect(seen.left).toBeCloseTo(box.left, 3);
  expect(seen.bottom).toBeCloseTo(box.bottom, 3);
});

test("a small hall stays in the middle, a large one cannot be lost", () => {
  const least = fit(hall, phone);
  expect(clampView({ k: least.k, x: 999, y: 999 }, hall, phone, NO_INSETS)).toEqual({
    k: least.k,
    x: expect.closeTo(least.x, 6),
    y: expect.closeTo(least.y, 6),
  });
  const far = clampView({ k: 1, x: 5000, y: -90_000 }, hall, phone, NO_INSETS);
  expect(far.x).toBe(130);
  expect(far.y).toBeCloseTo(640 - 640 / 3 - 8000, 6);
});

test("a section is 44 px both ways before a thumb may choose it", () => {
  const small = { left: 0, top: 0, right: 900, bottom: 2000 };
  expect(thumbScale(small, 0.05)).toBe(0.05);
  expect(thumbScale(small, 0.03) * 900).toBeGreaterThanOrEqual(44);
});

test("zoom steps stop at both ends", () => {
  const range = scaleRange(hall, 50, phone, NO_INSETS);
  expect(zoomStep(range[0], -1, range)).toBe(range[0]);
  expect(zoomStep(range[1], 1, range)).toBe(range[1]);
  expect(range[1] * 50).toBeGreaterThanOrEqual(PITCH_TOUCH);
});
