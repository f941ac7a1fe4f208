// Tests of what is typed or scanned at the door.
import { expect, test } from "vitest";
import { ticketCodeOf } from "./door";

test("a code is read out of an address, and out of what somebody types", () => {
  expect(ticketCodeOf("https://tickets.example/door/Ab3-x_9")).toBe("Ab3-x_9");
  expect(ticketCodeOf(" Ab3-x _9 ")).toBe("Ab3-x_9");
  expect(ticketCodeOf("Ａｂ３")).toBe("Ab3");
});

test("what is no code is none", () => {
  for (const text of ["", "  ", "/door/", "https://tickets.example/me", "a/b", "코드"])
    expect(ticketCodeOf(text)).toBeNull();
});
