// Tests of the sentences about what would have come of a run.
import { expect, test } from "vitest";
import "#/platform/fake-browser";
import { proofRows } from "./proof-rows";
import { LOST, PAID, PLAN, whatIf } from "./report-fixture";
import { conditionOf, goingOnOf, seatsOf, sentenceOf } from "./what-if-words";

test("an earlier press is told by the place and the seats that it would have found", () => {
  expect(sentenceOf(whatIf("press", 500), PLAN)).toBe(
    "0.5초에 눌렀다면 94번째였고, 들어갔을 때 1,148석이 남아 있었어요.",
  );
});

test("a place that finds no seat, or is never let in, is told as such", () => {
  const then = (free_on_admission: number | null) =>
    sentenceOf(
      whatIf("press", 500, { outcome: { ...LOST, free_on_admission }, gain: "place" }),
      PLAN,
    );
  expect(then(0)).toBe("0.5초에 눌렀다면 1,106번째였지만, 들어갔을 때 남은 좌석은 없었어요.");
  expect(then(null)).toBe("0.5초에 눌렀다면 1,106번째였어요.");
  // A seat may come back later: then it is not a place in vain.
  const back = whatIf("press", 500, { outcome: { ...PAID, free_on_admission: 0 } });
  expect(sentenceOf(back, PLAN)).toBe(
    "0.5초에 눌렀다면 94번째였고, 들어간 뒤 풀린 좌석을 만났을 거예요.",
  );
});

test("any other step is told by the seat that it would have given", () => {
  const held = { ...LOST, held: true, seats: [3, 4] };
  expect(sentenceOf(whatIf("captcha", 2500), PLAN)).toBe(
    "보안문자를 2.5초 만에 넘겼다면 플로어 A구역 1열 2번을 예매했을 거예요.",
  );
  expect(sentenceOf(whatIf("held", 400, { outcome: held, gain: "hold" }), PLAN)).toBe(
    "이선좌 뒤 0.4초 만에 다시 눌렀다면 플로어 B구역 1열 1번 등 2석을 선점했을 거예요.",
  );
  expect(sentenceOf(whatIf("captcha", 2500, { outcome: LOST, gain: "better-seat" }), PLAN)).toBe(
    "보안문자를 2.5초 만에 넘겼다면 플로어 B구역 1열 3번이 비어 있었어요.",
  );
});

test("without the plan nothing is left blank", () => {
  expect(sentenceOf(whatIf("paid", 20_000), null)).toBe(
    "결제를 20초 만에 마쳤다면 예매했을 거예요.",
  );
  const none = { ...LOST, best_seat: null, free_then: null, place: null };
  const told = sentenceOf(whatIf("paid", 20_000, { outcome: none, gain: "place" }), null);
  expect(told).toBe("결제를 20초 만에 마쳤다면 결과는 같았을 거예요.");
});

test("what changes nothing, or makes it worse, is said so", () => {
  expect(sentenceOf(whatIf("press", 500, { gain: "none" }), PLAN)).toMatch(/결과는 같았을/);
  expect(sentenceOf(whatIf("press", 500, { gain: "worse" }), PLAN)).toMatch(/더 아쉬웠을/);
});

test("two steps make one condition, more are not listed", () => {
  const [press, captcha, paid] = [
    ...whatIf("press", 500).changes,
    ...whatIf("captcha", 2500).changes,
    ...whatIf("paid", 9000).changes,
  ] as const;
  if (!press || !captcha || !paid) throw new Error("each has one change");
  expect(conditionOf([press, captcha])).toBe("0.5초에 누르고 보안문자를 2.5초 만에 넘겼다면");
  expect(conditionOf([press, captcha, paid])).toBe("이 시간으로 했다면");
  expect(conditionOf([])).toBe("이 시간으로 했다면");
});

test("a fault that is more than a late step is named in the condition", () => {
  const { changes } = whatIf("press", 500);
  expect(conditionOf(changes, "refresh")).toBe("새로고침 없이 0.5초에 눌렀다면");
  expect(conditionOf(changes, "early-press")).toBe("오픈 전에 누르지 않고 0.5초에 눌렀다면");
  // It is the fault of another step.
  expect(conditionOf(changes, "missed-captcha")).toBe("0.5초에 눌렀다면");
});

test("an earlier press is followed up to the seat that it leads to", () => {
  expect(goingOnOf(whatIf("press", 500), PLAN)).toBe(
    "그대로 이어 갔다면 플로어 A구역 1열 2번을 예매했을 거예요.",
  );
  expect(goingOnOf(whatIf("press", 500, { outcome: LOST }), PLAN)).toBe(
    "누르는 순간 플로어 B구역 1열 3번이 비어 있었을 거예요.",
  );
  expect(goingOnOf(whatIf("captcha", 500), PLAN)).toBeNull();
});

test("a seat that the plan does not have has no name", () => {
  expect(seatsOf(PLAN, [99])).toBeNull();
  expect(seatsOf(PLAN, [])).toBeNull();
});

test("a row stands for what differs, and the result is always told", () => {
  const { changes } = whatIf("press", 500);
  const rows = proofRows(LOST, PAID, changes, PLAN).map(({ was, would }) => [was, would]);
  expect(rows).toEqual([
    ["5.6초", "0.5초"],
    ["1,106", "94"],
    ["78", "1,148"],
    ["2", "844"],
    [null, "플로어 A구역 1열 2번"],
    [null, "90점"],
    ["좌석 없음", "예매 성공"],
  ]);
  expect(proofRows(LOST, LOST, [], PLAN).map(({ was }) => was)).toEqual(["좌석 없음"]);
});
