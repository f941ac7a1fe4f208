// Tests of the pace of the queue.
import { expect, test } from "vitest";
import { Pace } from "./pace";

test("nothing is told before two seconds", () => {
  const pace = new Pace();
  pace.note(0, 0);
  pace.note(1_999, 20);
  expect(pace.perSecond).toBeNull();
  pace.note(2_000, 20);
  expect(pace.perSecond).toBe(10);
});

test("only the last ten seconds count", () => {
  const pace = new Pace();
  pace.note(0, 0);
  pace.note(10_000, 1_000);
  expect(pace.perSecond).toBe(100);
  pace.note(15_000, 1_050);
  expect(pace.perSecond).toBe(10);
});

test("a queue that stands keeps its pace", () => {
  const pace = new Pace();
  pace.note(0, 0);
  pace.note(5_000, 50);
  pace.note(10_000, 50);
  pace.note(16_000, 50);
  expect(pace.perSecond).toBe(5);
});
