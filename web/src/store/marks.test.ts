// Tests of the marks, played through fakes.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { resetFakes, server, settled, time } from "#/platform/fakes";
import { wake } from "#/platform/wake";

import { raceOf, viewOf } from "./fixture";
import { RaceStore } from "./race";

vi.mock("#/platform/time", async () => (await import("#/platform/fakes")).time.owner);
vi.mock("#/platform/http", async () => (await import("#/platform/fakes")).server.owner);
vi.mock("#/platform/socket", async () => (await import("#/platform/fakes")).sockets.owner);

const ID = raceOf().id;

const open: RaceStore[] = [];

beforeEach(resetFakes);
afterEach(() => {
  for (const store of open.splice(0)) store.close();
});

describe("marks", () => {
  const marks = `POST /api/races/${ID}/marks`;
  const names = () =>
    server.asked.map(({ body }) =>
      (body as { marks: { name: string }[] }).marks.map((m) => m.name),
    );

  test("only the first of a name is sent, but every click on a seat", async () => {
    const store = new RaceStore(viewOf());
    server.on(marks, {});
    for (const name of ["press", "press", "seat-click", "seat-click"] as const) store.mark(name);
    await settled();
    expect(names()).toEqual([["press"], ["seat-click"], ["seat-click"]]);
  });

  test("what was lost is sent again under the same key, before what comes next", async () => {
    const store = new RaceStore(viewOf());
    for (let lost = 0; lost < 4; lost++) server.on(marks, "lost");
    server.on(marks, {});
    store.mark("press");
    await time.pass(5_000);
    store.mark("queue-seen");
    await settled();
    expect(names()).toEqual([...Array.from({ length: 5 }, () => ["press"]), ["queue-seen"]]);
    const keys = server.asked.map(({ headers }) => headers.get("Idempotency-Key"));
    expect(new Set(keys.slice(0, 5)).size).toBe(1);
    expect(keys[5]).not.toBe(keys[0]);
  });

  test("what was lost goes by itself once the line is back", async () => {
    const store = new RaceStore(viewOf());
    for (let lost = 0; lost < 4; lost++) server.on(marks, "lost");
    server.on(marks, {});
    store.mark("press");
    await time.pass(5_000);
    wake();
    await settled();
    expect(names()).toHaveLength(5);
  });

  test("what the server refuses is not sent again", async () => {
    const store = new RaceStore(viewOf());
    server.on(marks, { type: "about:blank", title: "", status: 409, code: "run-over" }, 409);
    server.on(marks, {});
    store.mark("press");
    await settled();
    store.mark("queue-seen");
    await settled();
    expect(names()).toEqual([["press"], ["queue-seen"]]);
  });
});
