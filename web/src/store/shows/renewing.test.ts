// Tests of how a list is kept true while one looks at it.
import { beforeEach, expect, test, vi } from "vitest";
import { browser } from "#/platform/fake-browser";

vi.mock("#/platform/time", async () => (await import("#/platform/fakes")).time.owner);
vi.stubGlobal("document", { hidden: false });

import type { ConcertCard } from "#/api/show-types";
import { time } from "#/platform/fakes";
import { wake } from "#/platform/wake";
import { serverNow } from "../clock";
import { Paged } from "./paged";
import { listGoodForMs, renewInTime, renewOnWake } from "./renewing";

beforeEach(() => {
  time.reset();
  browser.reset();
});

const MINUTE_MS = 60_000;

/** A concert of which only matters when it opens and closes, so long from now. */
function opensIn(id: string, opensMs: number, closesMs = opensMs + 30 * MINUTE_MS): ConcertCard {
  const [opens_at_ms, closes_at_ms] = [serverNow() + opensMs, serverNow() + closesMs];
  return { id, opening: { performance: id, opens_at_ms, closes_at_ms } } as ConcertCard;
}

/** What the server gives as the list of what opens soon, two rows at a time. */
function soon(all: ConcertCard[]) {
  let asked = 0;
  const list = new Paged<ConcertCard>(
    (after, count) => {
      asked++;
      const ahead = all.filter(({ opening }) => (opening?.opens_at_ms ?? 0) > serverNow());
      const from = after === null ? 0 : ahead.findIndex(({ id }) => id === after) + 1;
      const rows = ahead.slice(from, from + count);
      const isWhole = from + count >= ahead.length;
      return Promise.resolve({ rows, next: isWhole ? null : (rows.at(-1)?.id ?? null) });
    },
    ({ id }) => id,
    2,
  );
  return { list, ids: () => list.rows.value?.map(({ id }) => id), asked: () => asked };
}

test("a concert leaves the list as it opens, however far the list was read", async () => {
  const { list, ids } = soon([
    opensIn("a", MINUTE_MS),
    opensIn("b", 3 * MINUTE_MS),
    opensIn("c", 9 * MINUTE_MS),
    opensIn("d", 10 * MINUTE_MS),
    opensIn("e", 11 * MINUTE_MS),
  ]);
  const stop = renewInTime(list);
  await time.pass(0);
  await list.more();
  expect(ids()).toEqual(["a", "b", "c", "d"]);
  await time.pass(MINUTE_MS + 2_000);
  expect(ids()).toEqual(["b", "c", "d", "e"]);
  await time.pass(2 * MINUTE_MS + 2_000);
  expect(ids()).toEqual(["c", "d", "e"]);
  stop();
});

test("what nobody looks at is not asked for", async () => {
  const { list, asked } = soon([opensIn("a", MINUTE_MS)]);
  const stop = renewInTime(list);
  await time.pass(0);
  vi.stubGlobal("document", { hidden: true });
  await time.pass(10 * MINUTE_MS);
  expect(asked()).toBe(1);
  vi.stubGlobal("document", { hidden: false });
  wake();
  await time.pass(0);
  expect(asked()).toBe(2);
  stop();
  await time.pass(10 * MINUTE_MS);
  expect([asked(), time.waiting]).toEqual([2, 0]);
});

test("a list that stays as it is asks as it comes and as the page wakes, and at no other time", async () => {
  const { list, asked } = soon([opensIn("a", MINUTE_MS), opensIn("b", 30 * MINUTE_MS)]);
  const stop = renewOnWake(list);
  await time.pass(10 * MINUTE_MS);
  expect(asked()).toBe(1);
  wake();
  await time.pass(0);
  expect(asked()).toBe(2);
  stop();
  wake();
  expect(asked()).toBe(2);
});

test("a list is good until the next of it opens or closes, for two minutes at most and a quarter of one at least", () => {
  const now = serverNow();
  expect(listGoodForMs([opensIn("a", 9 * MINUTE_MS), opensIn("b", 90_000)], now)).toBe(91_500);
  expect(listGoodForMs([opensIn("a", -MINUTE_MS, 40_000)], now)).toBe(41_500);
  expect(listGoodForMs([opensIn("a", 3_000)], now)).toBe(15_000);
  expect(listGoodForMs([opensIn("a", -9 * MINUTE_MS, -MINUTE_MS)], now)).toBe(120_000);
  expect(listGoodForMs([], now)).toBe(120_000);
});
