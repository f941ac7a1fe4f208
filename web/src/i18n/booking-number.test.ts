// Tests of the number of a booking.
import { expect, test } from "vitest";
import { bookingNumber } from "./booking-number";

test("bookings of two openings have different numbers, though each counts from the first", () => {
  expect(bookingNumber("12", 2)).toBe("T12-0003");
  const all = ["1", "11", "12"].flatMap((of) =>
    [0, 9, 110, 10_999].map((n) => bookingNumber(of, n)),
  );
  expect(new Set(all).size).toBe(all.length);
});

test("a booking of practice has a number of its race", () => {
  expect(bookingNumber(null, 0)).toBe("T0001");
});
