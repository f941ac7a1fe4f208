// Tests of what is said of a room, and of who is led to its race.
import { expect, test } from "vitest";
import { memberCalled, roomOf } from "./room-fixture";
import { newsBetween, raceToEnter } from "./room-news";

const HANA = memberCalled("하나", { number: 0, host: true });
const DUL = memberCalled("둘", { number: 1 });
const SET = memberCalled("셋", { number: 2 });

test("whoever joins is named, except oneself", () => {
  const before = roomOf({ you: null, members: [HANA] });
  const after = roomOf({ you: 1, members: [HANA, DUL, SET] });
  expect(newsBetween(before, after)).toEqual([{ kind: "joined", names: ["셋"] }]);
});

test("a new host is told, and told apart when it is oneself", () => {
  const before = roomOf({ you: 1, members: [HANA, DUL, SET] });
  const left = { you: 1, members: [DUL, SET] };
  expect(newsBetween(before, roomOf({ ...left, host: 1 }))).toEqual([
    { kind: "host", name: "둘", isYou: true },
  ]);
  expect(newsBetween(before, roomOf({ ...left, host: 2 }))).toEqual([
    { kind: "host", name: "셋", isYou: false },
  ]);
});

test("a removed member hears of nothing else", () => {
  const before = roomOf({ you: 1, members: [HANA, DUL] });
  expect(newsBetween(before, roomOf({ you: null, members: [HANA, SET] }))).toEqual([
    { kind: "removed" },
  ]);
});

test("a start and a rematch are told once", () => {
  const lobby = roomOf();
  const counting = roomOf({ stage: "counting", race: "0123456789abcdef" });
  const running = { ...counting, stage: "running" as const };
  expect(newsBetween(lobby, counting)).toEqual([{ kind: "started" }]);
  expect(newsBetween(counting, running)).toEqual([]);
  expect(newsBetween(running, roomOf({ rematch: 1 }))).toEqual([{ kind: "reopened" }]);
});

test("a member is led to the race once, also late, and never to one that is over for them", () => {
  const race = "0123456789abcdef";
  const running = roomOf({ stage: "running", race });
  expect(raceToEnter(roomOf(), null)).toBeNull();
  expect(raceToEnter(running, null)).toBe(race);
  expect(raceToEnter(running, race)).toBeNull();
  expect(raceToEnter({ ...running, you: null }, null)).toBeNull();
  const over = memberCalled("하나", { run: "over" });
  expect(raceToEnter({ ...running, members: [over] }, null)).toBeNull();
  // A large room may not tell of the one who asks.
  expect(raceToEnter({ ...running, you: 900, members: [over] }, null)).toBe(race);
});
