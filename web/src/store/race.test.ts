// Tests of the race's store, played through fakes.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Answer, RaceState, RaceView } from "#/api/types";
import { resetFakes, server, sockets, time } from "#/platform/fakes";

import { serverNow } from "./clock";
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
const lastBody = () => server.asked.at(-1)?.body;

const open: RaceStore[] = [];

beforeEach(resetFakes);
afterEach(() => {
  for (const store of open.splice(0)) store.close();
});

describe("what the server says", () => {
  test("an answer brings the race as it is now", async () => {
    const store = new RaceStore(viewOf());
    const answer = answerOf({ kind: "placed", place: 9 }, { now_ms: 20_000, you: waiting(8, 3) });
    server.on(`POST /api/races/${ID}/enter`, answer);
    expect(await store.enter()).toEqual(answer);
    expect(store.state.value.you.kind).toBe("waiting");
    expect(store.place.value).toEqual({ position: 8, behind: 3 });
  });

  test("after an outage race time may be behind what was known, and is news all the same", () => {
    const store = new RaceStore(viewOf({ now_ms: 5_000 }));
    const shift = { at_ms: 4_400, by_ms: 9_000, cause: "outage" as const };
    const after = { now_ms: 4_500, started_at_ms: stateOf().started_at_ms + 9_000 };
    store.hear(stateOf({ ...after, shifts: [shift] }));
    expect(store.state.value.shifts).toEqual([shift]);
    expect(store.opensAt.value).toBe(after.started_at_ms + store.race.opens_at_ms);
  });

  test("a race that is older than what is known changes nothing", () => {
    const store = new RaceStore(viewOf({ now_ms: 5_000, you: inside() }));
    store.hear(stateOf({ now_ms: 4_999, you: waiting(1) }));
    expect(store.state.value.you.kind).toBe("inside");
    expect(store.place.value).toBeNull();
    store.hear(stateOf({ now_ms: 5_000, you: waiting(1) }));
    expect(store.state.value.you.kind).toBe("waiting");
  });

  test("the last place stays known once inside", () => {
    const store = new RaceStore(viewOf({ you: waiting(2, 5) }));
    store.hear(stateOf({ now_ms: 2_000, you: inside() }));
    expect(store.place.value).toEqual({ position: 2, behind: 5 });
  });

  test("inside and hold follow `you`", () => {
    const store = new RaceStore(viewOf());
    expect(store.inside.value).toBeNull();
    store.hear(stateOf({ now_ms: 2_000, you: inside({ hold: HOLD }) }));
    expect(store.inside.value?.pass).toBe("the-pass");
    expect(store.hold.value).toEqual(HOLD);
    store.hear(stateOf({ now_ms: 3_000 }));
    expect(store.hold.value).toBeNull();
  });

  test("times of the race are told from when it was set up", () => {
    const store = new RaceStore(viewOf());
    expect(store.opensAt.value).toBe(2_015_000);
    expect(store.now()).toBe(serverNow() - 2_000_000);
  });

  test("a refusal is thrown and leaves the race as it was", async () => {
    const store = new RaceStore(viewOf());
    const problem = { type: "about:blank", title: "", status: 409, code: "not-open" };
    server.on(`POST /api/races/${ID}/enter`, problem, 409);
    await expect(store.enter()).rejects.toThrow("not-open");
    expect(store.state.value.you.kind).toBe("away");
  });
});

describe("what the live connection says", () => {
  const numbers = { given: 9, served: 4, waiting: 5, inside: 2, free: 0, sold: 3 };
  const counts = { ...numbers, returns_at_ms: 40_000 };
  const told = { type: "counts", now_ms: 2_000, ...counts, position: 3, behind: 1 };

  function connected(race: RaceView = viewOf()): RaceStore {
    const store = new RaceStore(race);
    store.connect();
    open.push(store);
    sockets.last.events.onOpen();
    return store;
  }

  test("counts are counted, and the place with them", () => {
    const store = connected();
    sockets.last.tell(told);
    expect(store.counts.value).toEqual(counts);
    expect(store.place.value).toEqual({ position: 3, behind: 1 });
  });

  test("counts without a place leave the last one", () => {
    const store = connected(viewOf({ you: waiting(7, 2) }));
    sockets.last.tell({ ...told, position: null, behind: null });
    expect(store.place.value).toEqual({ position: 7, behind: 2 });
    expect(store.counts.value.waiting).toBe(5);
  });

  test("the pace is reckoned from the counts", () => {
    const store = connected();
    for (const second of [2, 3, 4, 5, 6, 7, 8]) {
      sockets.last.tell({ ...told, now_ms: second * 1_000, served: second * 30 });
    }
    expect(store.pace.value).toEqual({ perSecond: 30, spanMs: 4_000, served: 120 });
  });

  test("a race comes like an answer", () => {
    const store = connected();
    sockets.last.tell({ type: "state", ...stateOf({ now_ms: 9_000, you: waiting(4, 4) }) });
    expect(store.state.value.you.kind).toBe("waiting");
    expect(store.place.value).toEqual({ position: 4, behind: 4 });
  });

  test("a pong tells the clock how late it is at the server", () => {
    connected();
    const before = serverNow() - time.nowMs;
    sockets.last.tell({ type: "pong", echo: time.nowMs, now_ms: 0 });
    expect(before).toBe(0);
    expect(serverNow()).toBe(2_000_000);
  });

  test("a frame that cannot be folded is answered with a wish for a snapshot", () => {
    const store = connected();
    sockets.last.events.onBytes(new Uint8Array([1, 2, 3]));
    expect(store.seats.states).toBeNull();
    expect(sockets.last.sent.at(-1)).toEqual({ type: "resync" });
  });

  test("the link is told as it is", () => {
    const store = connected();
    expect(store.link.value).toBe("live");
    sockets.last.events.onClose(1006);
    expect(store.link.value).toBe("broken");
  });

  test("one race has one line, and a closed race has none", () => {
    const store = connected();
    store.connect();
    expect(sockets.lines).toHaveLength(1);
    store.close();
    expect(sockets.last.isClosed).toBe(true);
  });
});

describe("commands of the inside", () => {
  const COMMANDS: [path: string, run: (store: RaceStore) => Promise<Answer>, body: unknown][] = [
    ["captcha", (store) => store.answerCaptcha("abcdef"), { challenge: 1, letters: "abcdef" }],
    ["captcha/renew", (store) => store.renewCaptcha(), {}],
    ["captcha/put-off", (store) => store.putOffCaptcha(), {}],
    ["view", (store) => store.view(3), { section: 3 }],
    ["hold", (store) => store.holdSeats([4, 5]), { seats: [4, 5] }],
    ["release", (store) => store.releaseSeats([4]), { seats: [4] }],
    ["price", (store) => store.choosePrice([4], 1), { seats: [4], discount: 1 }],
    ["pay", (store) => store.pay(330_000), { expected_won: 330_000 }],
  ];

  test.each(COMMANDS)("%s carries the pass and its own key", async (path, run, body) => {
    const store = new RaceStore(viewOf({ you: inside() }));
    server.on(`POST /api/races/${ID}/${path}`, answerOf({ kind: "inside" }, { now_ms: 2_000 }));
    await run(store);
    expect(lastBody()).toEqual(body);
    expect(server.asked.at(-1)?.headers.get("Pass")).toBe("the-pass");
    expect(server.asked.at(-1)?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f]{32}$/);
    expect(store.state.value.now_ms).toBe(2_000);
  });

  test.each(COMMANDS)("%s from outside is a fault of the page", async (_, run) => {
    await expect(run(new RaceStore(viewOf()))).rejects.toThrow("from outside");
    expect(server.asked).toEqual([]);
  });

  test("a command whose answer was lost is sent again under the same key", async () => {
    const store = new RaceStore(viewOf({ you: inside() }));
    server.on(`POST /api/races/${ID}/pay`, "lost");
    server.on(`POST /api/races/${ID}/pay`, answerOf({ kind: "inside" }, { now_ms: 2_000 }));
    const paid = store.pay(1);
    await time.pass(1_000);
    await paid;
    const keys = server.asked.map(({ headers }) => headers.get("Idempotency-Key"));
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });
});
