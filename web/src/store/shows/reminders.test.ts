// Tests of when somebody is reminded of an opening.
import { expect, test } from "vitest";
import type { CalendarEntry, ConcertCard } from "#/api/show-types";
import { reminderDue } from "./reminders";

const MINUTE = 60_000;
const OPENS = 100 * MINUTE;

const entryOf = (id: string, opensMs = OPENS): CalendarEntry => ({
  concert: { id } as ConcertCard,
  opens_at_ms: opensMs,
  performance: id,
  performance_count: 1,
});

/** Everything that is told when one looks each second. */
function toldBetween(entries: CalendarEntry[], fromMs: number, toMs: number): [string, number][] {
  const told: string[] = [];
  const heard: [string, number][] = [];
  for (let now = fromMs; now <= toMs; now += 1_000) {
    const due = reminderDue(entries, now, told);
    if (!due) continue;
    told.push(due.key);
    heard.push([due.entry.concert.id, due.leftMs / MINUTE]);
  }
  return heard;
}

test("an opening is told ten minutes and one minute before, once each", () => {
  expect(toldBetween([entryOf("a")], 0, OPENS + MINUTE)).toEqual([
    ["a", 10],
    ["a", 1],
  ]);
});

test("whoever comes in between is told at once, and once more in the last minute", () => {
  expect(toldBetween([entryOf("a")], OPENS - 7 * MINUTE, OPENS)).toEqual([
    ["a", 7],
    ["a", 1],
  ]);
  expect(toldBetween([entryOf("a")], OPENS - MINUTE / 2, OPENS)).toEqual([["a", 0.5]]);
});

test("what has opened is told no more, and two that open together are both told", () => {
  expect(toldBetween([entryOf("a")], OPENS, OPENS + MINUTE)).toEqual([]);
  const heard = toldBetween([entryOf("b", OPENS + 1), entryOf("a")], OPENS - 11 * MINUTE, OPENS);
  expect(heard.map(([id]) => id).sort()).toEqual(["a", "a", "b", "b"]);
});
