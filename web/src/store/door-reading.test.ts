// Tests of what the door shows from one reading to the next.
import { beforeEach, expect, test, vi } from "vitest";

vi.mock("#/platform/time", async () => (await import("#/platform/fakes")).time.owner);
vi.mock("#/platform/http", async () => (await import("#/platform/fakes")).server.owner);

import { resetFakes, server, settled, time } from "#/platform/fakes";
import { DoorReading } from "./door-reading";

const USED = { type: "about:blank", title: "", status: 409, code: "ticket-used" };
const ticket = (state: string) => ({ state, place: "1-A-1-1" });

beforeEach(resetFakes);

test("the same code read again shows that it was used, not that it was let in", async () => {
  server.on("GET /api/tickets/A", ticket("valid"));
  server.on("GET /api/tickets/A", ticket("entered"));
  server.on("POST /api/tickets/A/enter", ticket("entered"));
  const door = new DoorReading();
  await door.read("A");
  await door.enter();
  expect(door.isLetIn.value).toBe(true);
  const again = door.read("A");
  // Nothing of before is shown while the server is asked.
  expect([door.ticket.value, door.isLetIn.value]).toEqual([null, false]);
  await again;
  expect(door.ticket.value?.state).toBe("entered");
  expect(door.isLetIn.value).toBe(false);
});

test("the last reading is the one that is shown, in whatever order the answers come", async () => {
  server.on("GET /api/tickets/A", ticket("valid"), 200, 1_000);
  server.on("GET /api/tickets/B", ticket("cancelled"));
  const door = new DoorReading();
  const first = door.read("A");
  await door.read("B");
  await time.pass(2_000);
  expect(await first).toBe(false);
  expect(door.ticket.value?.state).toBe("cancelled");
});

test("a ticket that another door has taken meanwhile says so, and when", async () => {
  server.on("GET /api/tickets/A", ticket("valid"));
  server.on("GET /api/tickets/A", ticket("entered"));
  server.on("POST /api/tickets/A/enter", USED, 409);
  const door = new DoorReading();
  await door.read("A");
  await door.enter();
  expect(door.trouble.value).toMatchObject({ problem: { code: "ticket-used" } });
  expect(door.ticket.value?.state).toBe("entered");
  expect(door.isLetIn.value).toBe(false);
});

test("while somebody is let in, nothing else is, and a silent server is told from a wrong ticket", async () => {
  server.on("GET /api/tickets/A", ticket("valid"));
  server.on("POST /api/tickets/A/enter", "lost");
  const door = new DoorReading();
  await door.read("A");
  const entering = door.enter();
  await settled();
  expect(door.isEntering.value).toBe(true);
  await door.enter();
  await time.pass(60_000);
  await entering;
  expect(door.trouble.value).toBe("away");
  expect(door.ticket.value?.state).toBe("valid");
});
