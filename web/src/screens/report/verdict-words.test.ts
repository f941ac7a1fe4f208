// Tests of what the report says first.
import { expect, test } from "vitest";
import "#/platform/fake-browser";
import type { Report, RunOutcome, Verdict } from "#/api/types";
import { GONE_WORDS } from "#/i18n/gone";
import { causesOf, samesOf } from "./causes-of";
import { LOST, PAID, PLAN, report, whatIf } from "./report-fixture";
import { verdictWords } from "./verdict-words";

const PRESS = whatIf("press", 500);
const CAPTCHA = whatIf("captcha", 2500, { outcome: LOST, gain: "better-seat" });
const PAYING = whatIf("paid", 9000, { outcome: LOST, gain: "none" });

function words(kind: Verdict["kind"], more: Partial<Report> = {}) {
  const verdict: Verdict = { kind, step: "press", fault: "late-press", what_if: 0 };
  return verdictWords(report({ verdict, what_ifs: [PRESS], ...more }), PLAN, GONE_WORDS);
}

test("a lost run begins with the sentence that proves what cost the seat", () => {
  const { title, more, advice, proof } = words("one-step");
  expect(title).toMatch(/^0\.5초에 눌렀다면 94번째였고/);
  expect(more).toEqual(["그대로 이어 갔다면 플로어 A구역 1열 2번을 예매했을 거예요."]);
  expect(advice).toBe("남은 시간보다 0이 되는 순간의 버튼을 보세요.");
  expect(proof).toBe(PRESS);
});

test("a slow page is told as what carried the press, and not as a late press", () => {
  const verdict: Verdict = { kind: "one-step", step: "placed", fault: "slow-page", what_if: 0 };
  const { title, more, advice } = words("one-step", { verdict, what_ifs: [whatIf("placed", 100)] });
  expect(title).toMatch(/^누른 뒤 0\.1초 만에 순번을 받았다면 94번째였고/);
  expect(more[0]).toBe("늦게 누른 게 아니에요. 누른 것이 연결이나 화면 때문에 늦게 닿았어요.");
  expect(more[1]).toMatch(/^그대로 이어 갔다면/);
  expect(advice).toMatch(/와이파이/);
});

test("a won run is praised first, then told what would have given a better seat", () => {
  const won: Partial<Report> = { ending: "paid", outcome: { ...PAID, seats: [4] } };
  const { title, more } = words("won", won);
  expect(title).toBe("축하해요! 플로어 B구역 1열 2번을 예매했어요.");
  expect(more[0]).toMatch(/^0\.5초에 눌렀다면/);
});

test("whoever could have won nothing better by haste is praised, and told of a better seat that was free", () => {
  const told = (outcome: RunOutcome) =>
    words("won-best", {
      ending: "paid",
      outcome,
      verdict: { kind: "won-best", step: null, fault: "none", what_if: null },
    });
  const haste = "어느 단계를 서둘러도 더 좋은 자리는 얻지 못했을 거예요.";
  const best = told({ ...PAID, best_quality: PAID.quality });
  expect(best.title).toMatch(/^축하해요! /);
  expect(best.more).toEqual([haste]);
  expect(best.proof).toBeNull();
  expect(told({ ...PAID, best_quality: 0.97 }).more).toEqual([
    haste,
    "누르는 순간 더 좋은 플로어 B구역 1열 3번도 비어 있었어요.",
  ]);
});

test("where no single step would have won, that is said, with the two that would", () => {
  expect(words("two-steps").more).toContain(
    "한 단계만 바꿔서는 예매할 수 없었어요. 두 단계를 함께 바꿔야 했어요.",
  );
  expect(words("better").more).toContain(
    "이것만으로는 예매할 수 없었지만, 결과가 가장 크게 달라졌어요.",
  );
});

test("that nothing would have helped is said only where all of it was tried", () => {
  const verdict: Verdict = { kind: "nothing", step: null, fault: "none", what_if: null };
  const title = (more: Partial<Report>) => words("nothing", { verdict, ...more }).title;
  expect(title({ what_ifs: [PAYING] })).toBe("어느 단계를 서둘러도 결과는 같았어요.");
  expect(title({ what_ifs: [] })).toBe(GONE_WORDS["sold-out"].title());
  const late = { ending: "hold-ended" as const };
  expect(title({ ...late, what_ifs: [CAPTCHA] })).toBe(GONE_WORDS["hold-ended"].title());
  expect(title({ ...late, what_ifs: [PAYING] })).toBe("어느 단계를 서둘러도 결과는 같았어요.");
});

test("every kind has a title and an advice, also without a proof and before the plan has come", () => {
  const kinds: Verdict["kind"][] = [
    "won-best",
    "won",
    "one-step",
    "two-steps",
    "better",
    "nothing",
    "unfinished",
  ];
  for (const kind of kinds) {
    const verdict: Verdict = { kind, step: "press", fault: "late-press", what_if: null };
    const told = verdictWords(report({ verdict }), null, GONE_WORDS);
    expect(told.title, kind).toMatch(/\S/);
    expect(told.advice, kind).toMatch(/\S/);
  }
});

test("causes come in the order of what they cost, each step once, without the verdict's own", () => {
  const verdict: Verdict = { kind: "one-step", step: "press", fault: "late-press", what_if: 0 };
  const what_ifs = [PRESS, whatIf("press", 900), CAPTCHA, whatIf("captcha", 4000), PAYING];
  expect(causesOf({ verdict, what_ifs })).toEqual([CAPTCHA]);
  expect(causesOf({ verdict: { ...verdict, what_if: null }, what_ifs })).toEqual([PRESS, CAPTCHA]);
  expect(samesOf({ what_ifs })).toEqual(["paid"]);
});
