// Tests of how far an opening is between two answers of the server.
import { expect, test } from "vitest";
import type { Opening, Performance, Stage } from "#/api/show-types";
import { goodForMs, LOBBY_MS, mostUrgent, nextStageMs, stageAt } from "./stage";

const OPENS = 10_000_000;
const CLOSES = 20_000_000;

const openingOf = (stage: Stage = "before", opensMs = OPENS): Opening => ({
  opens_at_ms: opensMs,
  closes_at_ms: CLOSES,
  style: "round",
  rivals: 0,
  is_practice: false,
  guests_may_enter: true,
  seats_per_person: 4,
  cancelled_seats: "at-once",
  stage,
  race: null,
});

test("stages begin by the clock, without a word of the server", () => {
  const at = (ms: number) => stageAt(openingOf(), ms);
  expect(at(OPENS - LOBBY_MS - 1)).toBe("before");
  expect(at(OPENS - LOBBY_MS)).toBe("lobby");
  expect(at(OPENS - 1)).toBe("lobby");
  expect(at(OPENS)).toBe("open");
  expect(at(CLOSES)).toBe("closed");
});

test("what the server knows is not doubted: an opening that is late, sold out or closed early", () => {
  expect(stageAt(openingOf("sold-out"), OPENS + 1)).toBe("sold-out");
  expect(stageAt(openingOf("sold-out"), CLOSES)).toBe("closed");
  expect(stageAt(openingOf("closed"), OPENS + 1)).toBe("closed");
  expect(stageAt(openingOf("open"), OPENS - 1)).toBe("open");
});

test("the next stage is known until the last", () => {
  expect(nextStageMs(openingOf(), 0)).toBe(OPENS - LOBBY_MS);
  expect(nextStageMs(openingOf(), OPENS - 1)).toBe(OPENS);
  expect(nextStageMs(openingOf(), OPENS)).toBe(CLOSES);
  expect(nextStageMs(openingOf(), CLOSES)).toBeNull();
});

const of = (id: string, opening: Opening): Performance => ({
  id,
  concert: "1",
  starts_at_ms: CLOSES * 2,
  day: "2026-12-03",
  opening,
  seats_left: null,
});

test("a page shows first what can be entered, then what opens next, and what is over last", () => {
  const closed = of("closed", openingOf("closed"));
  const later = of("later", openingOf("before", OPENS * 1.5));
  const next = of("next", openingOf("before", OPENS));
  const open = of("open", openingOf("open"));
  const sold = of("sold", openingOf("sold-out"));
  expect(mostUrgent([closed, sold, later, next, open], 0)?.id).toBe("open");
  expect(mostUrgent([closed, sold, later, next], 0)?.id).toBe("next");
  expect(mostUrgent([closed, sold], 0)?.id).toBe("sold");
  expect(mostUrgent([], 0)).toBeNull();
});

test("a page asks again soon while seats are sold, and right after the next stage has begun", () => {
  const before = [of("a", openingOf())];
  expect(goodForMs(before, 0)).toBe(120_000);
  const soon = goodForMs(before, OPENS - 5_000);
  expect(soon).toBeGreaterThan(5_000);
  expect(soon).toBeLessThan(6_000);
  expect(goodForMs([...before, of("b", openingOf("open"))], 0)).toBe(10_000);
  expect(goodForMs([of("c", openingOf("closed"))], 0)).toBe(120_000);
});
