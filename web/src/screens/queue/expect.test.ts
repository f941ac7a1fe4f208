// Tests of the expected time in the queue.
import { expect, test } from "vitest";
import { Pace } from "#/store/pace";
import { expectedRange, type Range } from "./expect";

const seen = (perSecond: number, spanMs: number) => ({
  perSecond,
  spanMs,
  served: (perSecond * spanMs) / 1000,
});

test("nothing is promised before the pace is known", () => {
  expect(expectedRange(100, null)).toBeNull();
  expect(expectedRange(100, seen(0, 10_000))).toBeNull();
});

test("the range lies around what the pace gives, and is narrower the longer it was watched", () => {
  expect(expectedRange(600, seen(10, 5_000))).toEqual({ lowMs: 40_000, highMs: 85_000 });
  expect(expectedRange(600, seen(10, 60_000))).toEqual({ lowMs: 50_000, highMs: 70_000 });
});

test("the next in line waits at least a second", () => {
  expect(expectedRange(1, seen(60, 60_000))).toEqual({ lowMs: 1_000, highMs: 2_000 });
});

/** Numbers that look like chance and are the same in every run. */
function chances(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e37_79b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

type Shown = { leftMs: number; range: Range | null };

/**
 * A queue that opens after `lobbyMs`: it lets in three seconds' worth at once, then each five seconds at a rate that
 * differs from the average by up to a quarter. Tells what was shown each second to whoever has `place`, beside the
 * time that was really left.
 */
function waited(seed: number, rate: number, place: number, lobbyMs: number): Shown[] {
  const chance = chances(seed);
  const served: number[] = [];
  let let_in = 0;
  let ofFive = rate;
  const bucket = 3 * rate;
  for (let tick = 0; let_in < place; tick++) {
    if (tick % 20 === 0) ofFive = rate * (0.75 + chance() / 2);
    // People come within the first two seconds, so that the saved places go by and by.
    const rush = Math.min(bucket, (tick / 8) * bucket);
    const before = served.at(-1) ?? 0;
    let_in = tick <= 8 ? rush + (tick * rate) / 4 : let_in + ofFive / 4;
    served.push(Math.max(before, Math.floor(let_in)));
  }
  const endMs = lobbyMs + (served.length - 1) * 250;
  const pace = new Pace();
  for (let atMs = 0; atMs < lobbyMs; atMs += 250) pace.note(atMs, 0);
  return served.slice(0, -1).flatMap((count, tick) => {
    const atMs = lobbyMs + tick * 250;
    pace.note(atMs, count);
    if (tick % 4 !== 0) return [];
    return [{ leftMs: endMs - atMs, range: expectedRange(place - count, pace.seen) }];
  });
}

const isWithin = ({ leftMs, range }: Shown) =>
  range !== null && leftMs >= range.lowMs - 1_000 && leftMs <= range.highMs + 1_000;

test.each([
  [1, 60],
  [15, 1_500],
  [15, 6_000],
  [40, 2_000],
  [60, 20_000],
  [120, 40_000],
])(
  "the true wait lies within the range nine times in ten, at %d a second from place %d",
  (rate, place) => {
    const shown = Array.from({ length: 40 }, (_, seed) =>
      waited(seed + 1, rate, place, seed % 2 ? 600_000 : 12_000),
    ).flat();
    const told = shown.filter(({ range }) => range !== null);
    expect(told.length / shown.length).toBeGreaterThan(0.85);
    expect(told.filter(isWithin).length / told.length).toBeGreaterThan(0.9);
  },
);

test("a wait of five minutes is never told as half an hour, however long the lobby was", () => {
  for (let seed = 1; seed <= 40; seed++) {
    for (const { leftMs, range } of waited(seed, 15, 4_500, 900_000)) {
      if (range) expect(range.highMs).toBeLessThan(Math.max(60_000, leftMs * 2.5));
    }
  }
});

test("the range is wide at first and grows narrow", () => {
  const widths = waited(7, 40, 12_000, 12_000).flatMap(({ range }) =>
    range ? [range.highMs / range.lowMs] : [],
  );
  const at = (share: number) => widths[Math.floor(widths.length * share)] ?? 0;
  expect(at(0)).toBeGreaterThan(1.6);
  expect(at(0.5)).toBeLessThan(at(0) * 0.85);
});
