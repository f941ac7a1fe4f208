// The same frames as the server's tests read: both ends fold them to the same seats.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decodeFrame } from "./frame";
import { foldFrame, type Replica } from "./replica";

type FrameVector = { hex: string; seq: number; at_ms: number } & (
  | { kind: "snapshot"; states: string }
  | { kind: "delta"; changes: [seat: number, state: number][] }
);
type Malformed = { about: string; hex: string };
type Transcript = {
  about: string;
  frames: { hex: string; folded: "applied" | "ignored" | "resync" }[];
  end: { at_ms: number; seq: number; states: string } | null;
};

// A folder that is missing fails here: without it nothing would be compared.
function read<T>(name: string): T {
  const file = new URL(`../../../crates/protocol/vectors/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as T;
}

const bytes = (hex: string) =>
  Uint8Array.from(hex.match(/../g) ?? [], (two) => Number.parseInt(two, 16));

const { frames } = read<{ frames: FrameVector[] }>("frames");
const { malformed } = read<{ malformed: Malformed[] }>("malformed");
const transcripts = ["transcripts", "rush"].flatMap(
  (name) => read<{ transcripts: Transcript[] }>(name).transcripts,
);

test.each(frames.map((frame) => [frame.hex, frame] as const))("%s is read", (_, vector) => {
  const frame = decodeFrame(bytes(vector.hex));
  expect(frame).toMatchObject({ kind: vector.kind, seq: vector.seq, atMs: vector.at_ms });
  if (frame?.kind === "snapshot" && vector.kind === "snapshot") {
    expect(frame.states.join("")).toBe(vector.states);
  }
  if (frame?.kind === "delta" && vector.kind === "delta") {
    expect(frame.changes.map(({ seat, state }) => [seat, state])).toEqual(vector.changes);
  }
});

test.each(malformed.map(({ about, hex }) => [about, hex]))("%s is not read", (_, hex) => {
  expect(decodeFrame(bytes(hex))).toBeNull();
});

describe.each(transcripts.map((one) => [one.about, one] as const))("%s", (_, transcript) => {
  test("folds to the same seats", () => {
    let replica: Replica | null = null;
    for (const { hex, folded } of transcript.frames) {
      const fold = foldFrame(replica, bytes(hex));
      expect(fold.kind).toBe(folded);
      replica = fold.kind === "resync" ? null : fold.replica;
    }
    const end = replica && {
      at_ms: replica.atMs,
      seq: replica.seq,
      states: replica.states.join(""),
    };
    expect(end).toEqual(transcript.end);
  });
});
