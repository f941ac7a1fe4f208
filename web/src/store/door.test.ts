// Tests of what is typed or scanned at the door.
import { expect, test } from "vitest";
import { Sight, ticketCodeOf } from "./door";

test("a code is read out of an address, and out of what somebody types", () => {
  expect(ticketCodeOf("https://tickets.example/door/AB3XK")).toBe("AB3XK");
  expect(ticketCodeOf(" AB3XK QRST7 ")).toBe("AB3XKQRST7");
  expect(ticketCodeOf("ab3xk")).toBe("AB3XK");
  expect(ticketCodeOf("ＡＢ３")).toBe("AB3");
});

test("what is no code is none", () => {
  for (const text of ["", "  ", "/door/", "https://tickets.example/me", "a/b", "코드"])
    expect(ticketCodeOf(text)).toBeNull();
});

test("a code that stays before the camera is read once, and again when it comes back", () => {
  const sight = new Sight();
  expect(sight.isNew("A", 0)).toBe(true);
  expect(sight.isNew("A", 200)).toBe(false);
  // Another ticket on the same paper.
  expect(sight.isNew("B", 400)).toBe(true);
  expect(sight.isNew("A", 600)).toBe(false);
  expect(sight.isNew("A", 3_000)).toBe(true);
});
