// Seat frames as they travel: little endian, two bits a seat in a snapshot, varints in a delta.
/** The largest of the states: 0 free, 1 held, 2 sold. */
const SOLD = 2;

type SeatState = 0 | 1 | 2;
type SnapshotFrame = { kind: "snapshot"; seq: number; atMs: number; states: Uint8Array };
type DeltaFrame = {
  kind: "delta";
  seq: number;
  atMs: number;
  changes: { seat: number; state: SeatState }[];
};
export type SeatFrame = SnapshotFrame | DeltaFrame;

const HEADER_BYTES = 16;
const VERSION = 1;
/** As many seats as a plan may have; a frame that claims more is broken. */
const SEAT_COUNT_MAX = 262_144;

/** Null for whatever is no well-formed frame: the reader then asks for a snapshot. */
export function decodeFrame(bytes: Uint8Array): SeatFrame | null {
  if (bytes.length < HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(1) !== VERSION || view.getUint16(2, true) !== 0) return null;
  const seq = view.getUint32(4, true);
  const atMs = view.getUint32(8, true);
  const count = view.getUint32(12, true);
  if (count > SEAT_COUNT_MAX) return null;
  const body = bytes.subarray(HEADER_BYTES);
  switch (view.getUint8(0)) {
    case 1: {
      const states = decodeStates(body, count);
      return states && { kind: "snapshot", seq, atMs, states };
    }
    case 2: {
      const changes = decodeChanges(body, count);
      return changes && { kind: "delta", seq, atMs, changes };
    }
    default:
      return null;
  }
}

function decodeStates(body: Uint8Array, count: number): Uint8Array | null {
  if (body.length !== Math.ceil(count / 4)) return null;
  const states = new Uint8Array(count);
  for (let seat = 0; seat < count; seat++) {
    const state = ((body[seat >> 2] ?? 0) >> ((seat & 3) * 2)) & 3;
    if (state > SOLD) return null;
    states[seat] = state;
  }
  const unused = count % 4;
  const isPadded = unused === 0 || (body.at(-1) ?? 0) >> (unused * 2) === 0;
  return isPadded ? states : null;
}

function decodeChanges(body: Uint8Array, count: number): DeltaFrame["changes"] | null {
  const changes: DeltaFrame["changes"] = [];
  let at = 0;
  let before = -1;
  for (let read = 0; read < count; read++) {
    let value = 0;
    let shift = 0;
    for (;;) {
      const byte = body[at++];
      if (byte === undefined || shift > 28) return null;
      // Plain arithmetic: shifting would turn the fifth byte into a sign.
      value += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      if (byte < 0x80) break;
    }
    const state = value % 4;
    const seat = before + 1 + Math.floor(value / 4);
    if (state > SOLD || seat >= SEAT_COUNT_MAX) return null;
    changes.push({ seat, state: state as SeatState });
    before = seat;
  }
  return at === body.length ? changes : null;
}
