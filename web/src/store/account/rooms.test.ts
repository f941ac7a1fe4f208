// Tests of the list of rooms.
import { expect, test } from "vitest";
import type { PastRace } from "#/api/types";
import { roomsOf } from "./rooms";

const race = (id: string) => ({ id }) as PastRace;

test("a room stands once, with its last race, and none without a race that is still there", () => {
  const races = [race("3"), race("2"), race("1")];
  const pairs: [string, string][] = [
    ["3", "a"],
    ["2", "b"],
    ["1", "a"],
    ["0", "c"],
  ];
  expect(roomsOf(races, pairs).map((one) => [one.code, one.race.id])).toEqual([
    ["a", "3"],
    ["b", "2"],
  ]);
});
