import { expect, test } from "vitest";
import type { Report, SeatFate } from "#/api/types";
import { isKept, seatsHad } from "./seats-had";

const taken = (seat: number, fate: SeatFate): Report["seats"][number] => ({
  seat,
  fate,
  quality_rank_then: 1,
  free_then: 9,
  price_won: 50_000,
});

test("only seats that were paid, or held to the end, are the person's own", () => {
  const seats = [taken(1, "paid"), taken(2, "released"), taken(3, "hold-ended"), taken(4, "left")];
  const own = seatsHad({ seats } as Report).filter(({ fate }) => isKept(fate));
  expect(own.map(({ seat }) => seat)).toEqual([1]);
});

test("a seat that was taken twice is told once, as it ended", () => {
  const seats = [taken(2, "released"), taken(1, "paid"), taken(2, "paid")];
  const told = seatsHad({ seats } as Report).map(({ seat, fate }) => [seat, fate]);
  expect(told).toEqual([
    [2, "paid"],
    [1, "paid"],
  ]);
});
