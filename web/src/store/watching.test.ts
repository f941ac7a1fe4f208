// Tests of the order of people for who watches.
import { expect, test } from "vitest";
import type { WatchPerson, WatchStep } from "#/api/room-types";
import { behindOf, sortPeople, WAY } from "./watching";

const at = (member: number, step: WatchStep, position: number | null = null): WatchPerson => ({
  member,
  name: null,
  step,
  position,
  since_ms: 0,
});

test("who has come furthest comes first, and the queue is in its own order", () => {
  const people = [
    at(0, "gone"),
    at(1, "waiting", 40),
    at(2, "waiting", 3),
    at(3, "booked"),
    at(4, "map"),
    at(5, "away"),
  ];
  expect(sortPeople(people).map(({ member }) => member)).toEqual([3, 4, 2, 1, 5, 0]);
});

test("only who has booked has gone the whole way", () => {
  expect(behindOf("booked")).toBe(WAY);
  expect(behindOf("paying")).toBeLessThan(WAY);
  expect(behindOf("away")).toBe(0);
});
