// Tests of what a race is paid with.
import { expect, test } from "vitest";
import type { Me } from "#/api/account-types";
import { missingWon, purseOf } from "./purse";

const GUEST: Me = {
  person: "a",
  account: null,
  points_won: null,
  providers: [],
  is_administrator: false,
};
const PERSON: Me = {
  ...GUEST,
  account: { name: "minji", provider: "kakao", since_ms: 0 },
  points_won: 100_000,
};

test("practice is paid with nobody's money, whoever practises", () => {
  expect(purseOf({ performance: null }, PERSON)).toEqual({ kind: "practice" });
});

test("in an opening an account pays with its points, and a guest with the purse of practice", () => {
  expect(purseOf({ performance: "7" }, PERSON)).toEqual({ kind: "points", balanceWon: 100_000 });
  expect(purseOf({ performance: "7" }, GUEST)).toEqual({ kind: "guest" });
});

test("before the server has told who one is, or how many points there are, nobody is called a guest", () => {
  expect(purseOf({ performance: "7" }, null)).toEqual({ kind: "unknown" });
  // The catalogue is away.
  const person = { ...PERSON, points_won: null };
  expect(purseOf({ performance: "7" }, person)).toEqual({ kind: "unknown" });
});

test("what is missing is never below nothing", () => {
  expect(missingWon(100_000, 165_000)).toBe(65_000);
  expect(missingWon(165_000, 165_000)).toBe(0);
  expect(missingWon(200_000, 165_000)).toBe(0);
});
