// Tests of what is typed or scanned at the door.
import { expect, test } from "vitest";
import { ticketCodeOf } from "./door";

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
