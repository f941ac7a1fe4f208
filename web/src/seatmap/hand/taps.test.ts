// Tests of what a tap on the map does.
import { expect, test } from "vitest";
import { twoSections } from "../plan/fixture";
import { parsePlan } from "../plan/plan";
import { Camera } from "../view/camera";
import { Taps } from "./taps";

const hall = parsePlan(twoSections());
const MOUSE = true;
const FINGER = false;
/** Between the first two seats of the first section. */
const GAP = { x: (hall.x[0] as number) + 25, y: hall.y[0] as number };

/** A map on which seats are large, and what is asked of it. */
function mapWith(section: number | null) {
  const camera = new Camera(hall, () => undefined);
  camera.size = { width: 4000, height: 4000 };
  camera.range = [0.1, 4];
  camera.view = { k: 1, x: 0, y: 0 };
  const told: string[] = [];
  const taps = new Taps(hall, camera, {
    section: () => section,
    go: () => told.push("nearer"),
    onSeat: (seat) => told.push(`seat ${seat}`),
    onSection: (wanted) => told.push(`section ${wanted}`),
  });
  return { taps, told };
}

for (const fine of [MOUSE, FINGER])
  test(`while sections are chosen, a gap between large seats means its section (${fine ? "mouse" : "finger"})`, () => {
    const { taps, told } = mapWith(null);
    taps.tap(GAP.x, GAP.y, fine);
    taps.doubleTap(GAP.x, GAP.y);
    expect(told).toEqual(["section 0"]);
  });

test("in an open section a gap means nothing, in itself and in another section", () => {
  for (const open of [0, 1]) {
    const { taps, told } = mapWith(open);
    taps.tap(GAP.x, GAP.y, MOUSE);
    expect(told).toEqual([]);
  }
});

test("a double tap on a gap in an open section brings it nearer", () => {
  const { taps, told } = mapWith(0);
  taps.tap(GAP.x, GAP.y, MOUSE);
  taps.doubleTap(GAP.x, GAP.y);
  expect(told).toEqual(["nearer"]);
});

test("a seat is chosen whether its section is open or not", () => {
  for (const open of [null, 0, 1]) {
    const { taps, told } = mapWith(open);
    taps.tap(hall.x[0] as number, hall.y[0] as number, FINGER);
    expect(told).toEqual(["seat 0"]);
  }
});
