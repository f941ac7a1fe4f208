// Tests of keys on every kind of origin.
import { afterEach, expect, test, vi } from "vitest";
import { freshKey } from "./ids";

const real = globalThis.crypto;
const getRandomValues = (bytes: Uint8Array<ArrayBuffer>) => real.getRandomValues(bytes);

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  ["on a plain-http address, where `randomUUID` is missing", { getRandomValues }],
  ["in a browser that has no random bytes", undefined],
])("keys are made %s, and no two are the same", (_, crypto) => {
  vi.stubGlobal("crypto", crypto);
  const keys = Array.from({ length: 100 }, freshKey);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(keys).size).toBe(100);
});
