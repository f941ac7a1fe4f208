// Tests of the seats as last seen.
import { expect, test } from "vitest";
import { SeatsStore } from "./seats";

/** A snapshot of four seats, two bits each. */
function snapshot(seats: number): Uint8Array {
  const bytes = new Uint8Array(17);
  bytes.set([1, 1]);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, 1, true);
  view.setUint32(12, 4, true);
  bytes[16] = seats;
  return bytes;
}

test("all is taken when the view shows nothing free, whether held or sold", () => {
  const seats = new SeatsStore();
  expect(seats.isAllTaken.value).toBe(false);
  seats.apply(snapshot(0b01_10_00_01));
  expect(seats.isAllTaken.value).toBe(false);
  seats.mark(1, 1);
  expect(seats.isAllTaken.value).toBe(true);
  seats.mark(3, 0);
  expect(seats.isAllTaken.value).toBe(false);
  seats.apply(snapshot(0b01_10_10_01));
  expect(seats.isAllTaken.value).toBe(true);
  seats.apply(new Uint8Array(3));
  expect(seats.isAllTaken.value).toBe(false);
});
