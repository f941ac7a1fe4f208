// Tests of which seat or section a tap means.
import { expect, test } from "vitest";
import { planJson, twoSections } from "../plan/fixture";
import { parsePlan } from "../plan/plan";
import type { View } from "../view/viewport";
import { resolveTap, seatAt, sectionAt } from "./hit-test";

const hall = parsePlan(twoSections());
const THUMB = 28;
const MOUSE = 12;

function viewOfPitch(pitch: number): View {
  return { k: pitch / 50, x: 0, y: 0 };
}

// Fixed so that a failure can be seen again.
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

test("taps that miss by up to 6 px hit the seat meant or none, 98 in 100 and more", () => {
  const large = parsePlan(
    planJson([{ floor: "F", label: "A", left: 100, top: 200, rows: [30, 30, 30, 30] }]),
  );
  const view = viewOfPitch(32);
  const random = numbers(4711);
  let meant = 0;
  let wrong = 0;
  const taps = 1000;
  for (let i = 0; i < taps; i += 1) {
    const seat = Math.floor(random() * large.seats);
    const sx = (large.x[seat] as number) * view.k + (random() * 12 - 6);
    const sy = (large.y[seat] as number) * view.k + (random() * 12 - 6);
    const tap = resolveTap(large, view, sx, sy, THUMB);
    if (tap.kind === "seat") {
      if (tap.seat === seat) meant += 1;
      else wrong += 1;
    }
  }
  expect(wrong).toBeLessThanOrEqual(taps * 0.02);
  expect(meant).toBeGreaterThanOrEqual(taps * 0.98);
});

test("taps scattered by a normal law with 6 px still name no wrong seat 98 times in 100", () => {
  const view = viewOfPitch(32);
  const random = numbers(12);
  let wrong = 0;
  for (let i = 0; i < 1000; i += 1) {
    const seat = Math.floor(random() * 24);
    const away = 6 * Math.sqrt(-2 * Math.log(random() + 1e-12));
    const angle = random() * 2 * Math.PI;
    const sx = (hall.x[seat] as number) * view.k + away * Math.cos(angle);
    const sy = (hall.y[seat] as number) * view.k + away * Math.sin(angle);
    const tap = resolveTap(hall, view, sx, sy, THUMB);
    if (tap.kind === "seat" && tap.seat !== seat) wrong += 1;
  }
  expect(wrong).toBeLessThanOrEqual(20);
});

test("the slit between two seats belongs to neither", () => {
  expect(seatAt(hall, (hall.x[0] as number) + 25, hall.y[0] as number)).toBeNull();
  expect(seatAt(hall, (hall.x[0] as number) + 20, hall.y[0] as number)).toBe(0);
});

test("small seats are not guessed at: the tap goes to the section", () => {
  const view = viewOfPitch(12);
  const seat = 9;
  const sx = (hall.x[seat] as number) * view.k;
  const sy = (hall.y[seat] as number) * view.k;
  expect(resolveTap(hall, view, sx, sy, THUMB)).toMatchObject({ kind: "section", section: 0 });
  const mouse = resolveTap(hall, view, sx, sy, MOUSE);
  expect(mouse.kind).toBe("section");
  const nearer = viewOfPitch(14);
  const close = resolveTap(
    hall,
    nearer,
    (hall.x[seat] as number) * nearer.k,
    (hall.y[seat] as number) * nearer.k,
    MOUSE,
  );
  expect(close).toEqual({ kind: "seat", seat });
});

test("whichever section is open, a tap means the seat that is drawn under it", () => {
  const view = viewOfPitch(40);
  for (const seat of [3, 30]) {
    const at = [(hall.x[seat] as number) * view.k, (hall.y[seat] as number) * view.k] as const;
    expect(resolveTap(hall, view, ...at, THUMB)).toEqual({ kind: "seat", seat });
  }
});

test("a finger beside a section still means it, one far off means nothing", () => {
  expect(sectionAt(hall, 90, 300, 20)).toBe(0);
  expect(sectionAt(hall, 90, 300, 5)).toBeNull();
  expect(resolveTap(hall, viewOfPitch(40), 4000, 4000, THUMB)).toEqual({ kind: "nothing" });
});
