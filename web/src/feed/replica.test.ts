// Tests of the fold of seat frames.
import { expect, test } from "vitest";
import { decodeFrame } from "./frame";
import { foldFrame, type Replica } from "./replica";

const bytes = (hex: string) =>
  Uint8Array.from(hex.match(/../g) ?? [], (two) => Number.parseInt(two, 16));
const head = (kind: string, seq: number, atMs: number, count: number) =>
  `${kind}010000${[seq, atMs, count].map(little).join("")}`;
function little(value: number): string {
  return [0, 8, 16, 24]
    .map((shift) => ((value >>> shift) & 255).toString(16).padStart(2, "0"))
    .join("");
}

// Seats 0 to 4: free, held, sold, free, held.
const SNAPSHOT = bytes(`${head("01", 7, 1000, 5)}2401`);
// Seat 0 sold (2), then two on, seat 3 held ((2 << 2) | 1).
const DELTA = bytes(`${head("02", 8, 1500, 2)}0209`);

function live(): Replica {
  const fold = foldFrame(null, SNAPSHOT);
  if (fold.kind !== "applied") throw new Error("the snapshot was not applied");
  return fold.replica;
}

test("a snapshot is read two bits a seat", () => {
  expect(live()).toMatchObject({ seq: 7, atMs: 1000 });
  expect([...live().states]).toEqual([0, 1, 2, 0, 1]);
});

test("the next delta is folded", () => {
  const fold = foldFrame(live(), DELTA);
  expect(fold.kind).toBe("applied");
  if (fold.kind === "applied") expect([...fold.replica.states]).toEqual([2, 1, 2, 1, 1]);
});

test("a frame that came twice changes nothing", () => {
  const fold = foldFrame(live(), bytes(`${head("02", 7, 900, 1)}02`));
  expect(fold.kind).toBe("ignored");
});

test.each([
  ["a gap", `${head("02", 9, 1500, 1)}02`],
  ["a seat outside", `${head("02", 8, 1500, 1)}16`],
  ["a state that is none", `${head("02", 8, 1500, 1)}03`],
  ["a delta cut short", `${head("02", 8, 1500, 2)}02`],
  ["a delta with more than it says", `${head("02", 8, 1500, 1)}0202`],
  ["a varint without end", `${head("02", 8, 1500, 1)}ffffffffffff01`],
  ["a snapshot cut short", `${head("01", 9, 1500, 9)}2401`],
  ["a snapshot with a state that is none", `${head("01", 9, 1500, 1)}03`],
  ["a snapshot whose padding speaks", `${head("01", 9, 1500, 1)}04`],
  ["an unknown kind", `${head("03", 8, 1500, 0)}`],
  ["an unknown version", "02020000" + "00".repeat(12)],
  ["half a head", "0101"],
  ["a claim beyond all halls", `${head("01", 9, 1500, 300_000)}`],
])("%s asks for a snapshot", (_, hex) => {
  expect(foldFrame(live(), bytes(hex)).kind).toBe("resync");
});

test("without a snapshot no delta is believed", () => {
  expect(foldFrame(null, DELTA).kind).toBe("resync");
});

test("no bytes break the decoder", () => {
  for (let seed = 0; seed < 2_000; seed++) {
    const noise = Uint8Array.from(
      { length: seed % 40 },
      (_, at) => (seed * 31 + at * at * 17) & 255,
    );
    if (noise.length > 3) noise.set([1 + (seed % 2), 1, 0, 0]);
    expect(() => decodeFrame(noise)).not.toThrow();
  }
});
