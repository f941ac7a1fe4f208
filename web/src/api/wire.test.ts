// Tests that this client speaks the server's version of the wire.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseMessage } from "#/feed/messages";
import type { Answer } from "./types";
import { WIRE_VERSION } from "./wire";

type Vectors = { wire_version: number; messages: { commanded: Answer; state: unknown } };

const file = new URL("../../../crates/protocol/vectors/messages.json", import.meta.url);
const { wire_version, messages } = JSON.parse(readFileSync(file, "utf8")) as Vectors;

test("the client is made for the version that the server speaks", () => {
  expect(WIRE_VERSION).toBe(wire_version);
});

test("a state is told alike by an answer and by the live connection", () => {
  const told = parseMessage(JSON.stringify(messages.state));
  expect(told).toEqual({ type: "state", ...messages.commanded.state });
});
