// Tests of late answers and of what is lost, played through fakes.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Answer, RaceState } from "#/api/types";
import { resetFakes, server, sockets, time } from "#/platform/fakes";
import { wake } from "#/platform/wake";

import { HOLD, inside, raceOf, stateOf, viewOf, waiting } from "./fixture";
import { RaceStore } from "./race";

vi.mock("#/platform/time", async () => (await import("#/platform/fakes")).time.owner);
vi.mock("#/platform/http", async () => (await import("#/platform/fakes")).server.owner);
vi.mock("#/platform/socket", async () => (await import("#/platform/fakes")).sockets.owner);

const ID = raceOf().id;
const answerOf = (outcome: Answer["outcome"], state: Partial<RaceState>): Answer => ({
  outcome,
  state: stateOf(state),
});

const open: RaceStore[] = [];

beforeEach(resetFakes);
afterEach(() => {
  for (const store of open.splice(0)) store.close();
});

describe("a command without an answer", () => {
  const held = answerOf({ kind: "held", until_ms: null }, { now_ms: 2_000, you: inside() });
  const hold = `POST /api/races/${ID}/hold`;

  test("is spoken of after a second, and sent again under the same key", async () => {
    const store = new RaceStore(viewOf({ you: inside() }));
    server.on(hold, "never");
    server.on(hold, held);
    const asked = store.holdSeats([4]);
    await time.pass(900);
    expect(store.asking.isSlow.value).toBe(false);
    await time.pass(200);
    expect(store.asking.isSlow.value).toBe(true);
    await time.pass(3_500);
    expect(await asked).toEqual(held);
    expect(store.asking.isSlow.value).toBe(false);
    const keys = server.asked.map(({ headers }) => headers.get("Idempotency-Key"));
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  test("ends, and the race is asked what became of it", async () => {
    const store = new RaceStore(viewOf({ you: inside() }));
    server.on(hold, "never");
    server.on(`GET /api/races/${ID}`, viewOf({ now_ms: 9_000, you: inside({ hold: HOLD }) }));
    const asked = store.holdSeats([4]).catch((error: unknown) => error);
    await time.pass(30_000);
    expect(await asked).toBeInstanceOf(server.owner.Unreachable);
    expect(store.asking.isSlow.value).toBe(false);
    expect(store.hold.value).toEqual(HOLD);
  });
});

describe("what is lost without a press on this page", () => {
  test("is told when another page took the place", () => {
    const store = new RaceStore(viewOf({ you: waiting(3) }));
    store.hear(stateOf({ now_ms: 2_000, you: waiting(8) }));
    expect(store.belongings.loss.value).toMatchObject({ cause: "elsewhere", from: 3, to: 8 });
  });

  test("is not told when this page gave it up itself, in whatever order the news come", async () => {
    const store = new RaceStore(viewOf({ you: inside({ hold: HOLD }) }));
    const released = stateOf({ now_ms: 2_000, you: inside() });
    server.on(`POST /api/races/${ID}/release`, {
      outcome: { kind: "released" },
      state: released,
    });
    const asked = store.releaseSeats(HOLD.seats);
    // The live connection may be quicker than the answer.
    store.hear(released);
    await asked;
    expect(store.belongings.loss.value).toBeNull();
  });

  test("a line that comes back says that all is still there, unless it is not", () => {
    for (const [you, back] of [
      [inside({ hold: HOLD }), "back-and-kept"],
      [inside(), "no"],
    ] as const) {
      const store = new RaceStore(viewOf({ you: inside({ hold: HOLD }) }));
      store.connect();
      sockets.last.events.onOpen();
      sockets.last.events.onClose(1006);
      wake();
      sockets.last.events.onOpen();
      sockets.last.tell({ type: "state", ...stateOf({ now_ms: 2_000, you }) });
      expect(store.belongings.back.value).toBe(back);
      store.close();
    }
  });
});
