// Tests of what one loses between two states of a race.
import { expect, test } from "vitest";
import type { You } from "#/api/types";
import { HOLD, inside, waiting } from "./fixture";
import { type Cause, hadOf, type Loss, lossBetween, readHad } from "./losses";

const pooled: You = { kind: "pooled" };
const gone: You = { kind: "gone", cause: "lost", at_ms: 5_000, place: 7 };
const holding = inside({ hold: HOLD });
const elsewhere = inside({ place: 12, pass: "another" });
const ending = inside({ hold: { ...HOLD, until_ms: 4_000 } });

const CASES: [what: string, before: You, after: You, loss: Partial<Loss> | null][] = [
  ["the same place costs nothing", waiting(3), waiting(2 + 1, 9), null],
  [
    "another place is told with the one before",
    waiting(3),
    waiting(8),
    { from: 3, to: 8, seats: 0 },
  ],
  ["to be let in costs nothing", waiting(3), inside(), null],
  [
    "a pass that is gone is told with the position that one has now",
    inside(),
    waiting(8),
    { from: null, to: 8, hasLostPass: true },
  ],
  [
    "seats go with their pass",
    holding,
    waiting(8),
    { seats: 2, hasLostPass: true, isInside: false },
  ],
  [
    "seats go also when one is inside again at once",
    holding,
    elsewhere,
    { seats: 2, isInside: true },
  ],
  ["a lottery has no place yet", holding, pooled, { from: null, to: null, seats: 2 }],
  ["the same pass and seats cost nothing", holding, inside({ hold: HOLD }), null],
  [
    "seats that another page gave back",
    holding,
    inside(),
    { cause: "elsewhere", seats: 2, hasLostPass: false },
  ],
  ["seats whose time was up", ending, inside(), { cause: "hold-ended", seats: 2 }],
  ["more seats are no loss", inside(), holding, null],
  ["a run that is over has words of its own", holding, gone, null],
  ["nothing can be lost before a press", { kind: "away", locked_until_ms: 0 }, waiting(3), null],
];

test.each(CASES)("%s", (_, before, after, loss) => {
  const found = lossBetween(hadOf(before), after, 5_000, "elsewhere");
  if (loss) expect(found).toMatchObject(loss);
  else expect(found).toBeNull();
});

test.each<Cause>(["reopened", "opened", "elsewhere"])("the cause %s is kept", (cause) => {
  expect(lossBetween(hadOf(waiting(3)), waiting(8), 0, cause)?.cause).toBe(cause);
});

test("what one had is read back as it was, and damaged text is nothing", () => {
  const had = hadOf(holding);
  expect(readHad(JSON.stringify(had))).toEqual(had);
  for (const damaged of [null, "", "null", "{", "7", '{"place":1}'])
    expect(readHad(damaged)).toBeNull();
});
