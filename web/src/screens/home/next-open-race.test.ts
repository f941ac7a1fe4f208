// Tests: which open race the first page offers.
import { expect, test } from "vitest";
import type { OpenRace } from "#/api/room-types";
import { nextOf } from "./next-open-race";

const race = (code: string, opensAt: number): OpenRace => ({
  code,
  title: { ko: "시험", en: "Test", ja: "テスト" },
  starts_at_ms: opensAt - 60_000,
  opens_at_ms: opensAt,
  enter_from_ms: opensAt - 300_000,
  scenario: "calm",
  plan: "hall",
  demand: "small",
  style: "n-style",
  entered: 0,
  rivals: 0,
  seats: 40,
  stage: "lobby",
});

const now = 1_000_000;
const soon = race("soon", now + 100_000);
const later = race("later", now + 600_000);
const open = race("open", now - 100_000);

test("a73: the first page offers the race that opens next", () => {
  expect(nextOf([soon, later, open], now)).toBe(soon);
  expect(nextOf([], now)).toBeNull();
});

test("a73: a race that may not be entered yet does not stand before one that is open", () => {
  expect(nextOf([later, open], now)).toBe(open);
  expect(nextOf([later], now)).toBe(later);
});
