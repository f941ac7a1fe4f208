// Tests of which steps a race has.
import { describe, expect, test } from "vitest";
import type { Inside, Style, You } from "#/api/types";
import {
  allowedSteps,
  firstStep,
  isMoot,
  nextPayStep,
  routeStep,
  STEPS,
  type Step,
  stepsAhead,
} from "./steps";

const inside: Inside = {
  kind: "inside",
  place: 7,
  admitted_at_ms: 0,
  until_ms: 1,
  pass: "p",
  captcha: "passed",
  challenge: 1,
  viewed: null,
  hold: null,
};
const viewed = { section: 0, at_ms: 0 };
const hold = {
  seats: [1],
  discounts: [0],
  since_ms: 0,
  until_ms: 1,
  paying_until_ms: null,
  total_won: 1,
  fee_won: 0,
};

type CaptchaStep = Style["captcha"]["step"];

function race(you: You, step: CaptchaStep = "before-map", over = false) {
  const style: Pick<Style, "captcha" | "pay_steps"> = {
    captcha: { step, letters: 6, put_off: true, after_wrong: "keeps-letters" },
    pay_steps: ["price", "receipt", "payment"],
  };
  return { you, over, style };
}

const PAY: Step[] = ["price", "receipt", "payment"];
const MAP: Step[] = ["sections", "seats"];

/** Who one is, where one is sent, and where one may be. Every other address is turned away. */
const TABLE: [name: string, ReturnType<typeof race>, home: Step, allowed: Step[]][] = [
  ["away before", race({ kind: "away", locked_until_ms: 0 }), "lobby", ["lobby"]],
  [
    "away when all is over",
    race({ kind: "away", locked_until_ms: 0 }, "before-map", true),
    "done",
    ["done", "report"],
  ],
  ["pooled", race({ kind: "pooled" }), "queue", ["queue"]],
  ["waiting", race({ kind: "waiting", place: 1, position: 1, behind: 0 }), "queue", ["queue"]],
  ["captcha first", race({ ...inside, captcha: "due" }), "captcha", ["captcha"]],
  ["captcha put off", race({ ...inside, captcha: "put-off" }), "sections", ["sections", "captcha"]],
  [
    "captcha put off, a section open",
    race({ ...inside, captcha: "put-off", viewed }),
    "seats",
    ["captcha", ...MAP],
  ],
  [
    "captcha due before the hold",
    race({ ...inside, captcha: "due" }, "before-hold"),
    "sections",
    ["sections", "captcha"],
  ],
  ["captcha passed", race(inside), "sections", ["sections"]],
  ["no captcha", race({ ...inside, captcha: "none" }, "never"), "sections", ["sections"]],
  ["a section open", race({ ...inside, viewed }), "seats", MAP],
  ["seats held", race({ ...inside, viewed, hold }), "seats", [...MAP, ...PAY]],
  [
    "seats held, captcha before paying",
    race({ ...inside, viewed, hold, captcha: "due" }, "before-pay"),
    "seats",
    ["captcha", ...MAP, ...PAY],
  ],
  [
    "booked",
    race({
      kind: "booked",
      place: 1,
      booking: { id: 1, seats: [1], total_won: 1, paid_at_ms: 1 },
    }),
    "done",
    ["done", "report"],
  ],
  ["gone", race({ kind: "gone", cause: "left", at_ms: 1, place: 1 }), "done", ["done", "report"]],
];

describe.each(TABLE)("%s", (_, standing, home, allowed) => {
  test("allows these steps and no others", () => {
    expect([...new Set(allowedSteps(standing))].sort()).toEqual([...allowed].sort());
  });
  test.each([...STEPS, null])("%s leads to where one may be", (asked) => {
    const may = asked !== null && allowed.includes(asked);
    expect(routeStep(standing, asked)).toBe(may ? asked : home);
  });
});

test("what is asked comes in its order", () => {
  expect(stepsAhead(race(inside).style as Style)).toEqual(["queue", "captcha", ...MAP, ...PAY]);
  expect(stepsAhead(race(inside, "before-hold").style as Style)).toEqual([
    "queue",
    ...MAP,
    "captcha",
    ...PAY,
  ]);
  expect(stepsAhead(race(inside, "before-pay").style as Style).at(-2)).toBe("captcha");
  expect(stepsAhead(race(inside, "never").style as Style)).not.toContain("captcha");
});

test("the steps of paying follow each other", () => {
  const { style } = race(inside);
  expect(nextPayStep(style, "price")).toBe("receipt");
  expect(nextPayStep(style, "payment")).toBeNull();
});

test("a question is moot once there is nothing left of what it is about", () => {
  const leave = { kind: "leave", next: "home" } as const;
  const stepBack = { kind: "step-back" } as const;
  const holding: You = { ...inside, hold };
  expect(isMoot(leave, inside)).toBe(false);
  expect(isMoot(leave, { kind: "gone", cause: "hold-ended" } as You)).toBe(true);
  expect(isMoot(stepBack, holding)).toBe(false);
  expect(isMoot(stepBack, inside)).toBe(true);
});

test("an exercise begins at its own step, also where one may be at others as well", () => {
  const paying = race({ ...inside, viewed, hold });
  expect(firstStep(paying, "pay")).toBe("price");
  expect(firstStep(paying, null)).toBe("seats");
  const looking = race({ ...inside, captcha: "due" }, "before-hold");
  expect(firstStep(looking, "captcha")).toBe("captcha");
  expect(firstStep(looking, null)).toBe("sections");
  expect(firstStep(race({ kind: "away", locked_until_ms: 0 }), "press")).toBe("lobby");
});
