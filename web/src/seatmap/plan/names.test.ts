// Tests of what the map calls its seats.
import { expect, test } from "vitest";
import { formatWon } from "#/i18n/format";
import { nameFloor } from "#/i18n/seats";
import { twoSections } from "./fixture";
import { seatLabel, seatName, sectionLabel } from "./names";
import { parsePlan } from "./plan";

function hallWithKinds() {
  const json = twoSections();
  const row = json.sections[0]?.rows[1];
  if (row) row.kinds = { wheelchair: [0], restricted: [1] };
  return parsePlan(json);
}

test("a seat has one name in each language", () => {
  const hall = parsePlan(twoSections());
  expect(seatName(hall, 9, "ko")).toBe("플로어 A구역 2열 4번");
  expect(seatName(hall, 9, "en")).toBe("Floor A, row 2, seat 4");
  expect(seatName(hall, 9, "ja")).toBe("フロア Aブロック 2列 4番");
  expect(seatName(hall, 24, "ko")).toBe("1층 B구역 1열 1번");
});

test("the label says grade, price and state", () => {
  const hall = parsePlan(twoSections());
  expect(seatLabel(hall, 9, "free", "ko")).toBe(
    "플로어 A구역 2열 4번, VIP석, 165,000원, 선택 가능",
  );
  expect(seatLabel(hall, 9, "mine", "ko")).toContain("선택함");
  expect(seatLabel(hall, 9, "held", "ko")).toContain("다른 사람이 선점");
  expect(seatLabel(hall, 9, "sold", "ko")).toContain("결제 완료");
  expect(seatLabel(hall, 9, "free", "en")).toBe("Floor A, row 2, seat 4, VIP, ₩165,000, available");
});

test("the label names special places", () => {
  const hall = hallWithKinds();
  expect(seatLabel(hall, 6, "free", "ko")).toBe(
    "플로어 A구역 2열 1번, VIP석, 165,000원, 휠체어석, 선택 가능",
  );
  expect(seatLabel(hall, 7, "free", "ko")).toContain("시야제한석");
});

test("a grade without a price has none in the label", () => {
  const json = twoSections();
  json["grades"] = [
    { name: "VIP", color: "#d9437f", price_won: 0 },
    { name: "R", color: "#8455c9", price_won: 0 },
  ];
  expect(seatLabel(parsePlan(json), 9, "free", "ko")).toBe(
    "플로어 A구역 2열 4번, VIP석, 선택 가능",
  );
});

test("floors of imported plans keep their own name", () => {
  expect(nameFloor("ko", "Balcony")).toBe("Balcony");
  expect(nameFloor("en", "3")).toBe("Level 3");
});

test("amounts and sections are read with separators", () => {
  const hall = parsePlan(twoSections());
  expect(formatWon("ko", 1_650_000)).toBe("1,650,000원");
  expect(sectionLabel(hall, 0, 1234, "ko")).toBe("플로어 A구역, 남은 좌석 1,234석");
  expect(sectionLabel(hall, 0, 0, "ko")).toBe("플로어 A구역, 남은 좌석 없음");
});
