// The seats as the server last told them, folded from frames. Pure: no socket, no clock.
//
//   empty --snapshot--> live --next delta--> live
//                        |--gap, broken frame--> empty (ask for a snapshot)
import { decodeFrame } from "./frame";

export type Replica = {
  readonly states: Uint8Array;
  readonly seq: number;
  readonly atMs: number;
};

export type Fold =
  | { kind: "applied"; replica: Replica }
  | { kind: "ignored"; replica: Replica }
  | { kind: "resync" };

/** The states of the last replica are handed on and changed in place: one array a race. */
export function foldFrame(replica: Replica | null, bytes: Uint8Array): Fold {
  const frame = decodeFrame(bytes);
  if (!frame) return { kind: "resync" };
  if (frame.kind === "snapshot") {
    return { kind: "applied", replica: { states: frame.states, seq: frame.seq, atMs: frame.atMs } };
  }
  if (!replica) return { kind: "resync" };
  // A frame sent twice tells nothing new; one that skips a number hides what was between.
  if (frame.seq <= replica.seq) return { kind: "ignored", replica };
  if (frame.seq !== replica.seq + 1) return { kind: "resync" };
  const last = frame.changes.at(-1);
  if (last && last.seat >= replica.states.length) return { kind: "resync" };
  for (const { seat, state } of frame.changes) replica.states[seat] = state;
  return {
    kind: "applied",
    replica: { states: replica.states, seq: frame.seq, atMs: frame.atMs },
  };
}
