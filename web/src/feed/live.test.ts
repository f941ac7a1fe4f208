// Tests of the live connection, played through a fake line and a fake clock.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { resetFakes, sockets, time } from "#/platform/fakes";
import { reloadPage } from "#/platform/page";
import { wake } from "#/platform/wake";
import { type Link, Live } from "./live";
import type { FeedMessage } from "./messages";

vi.mock("#/platform/time", async () => (await import("#/platform/fakes")).time.owner);
vi.mock("#/platform/page", () => ({ reloadPage: vi.fn() }));
vi.mock("#/platform/socket", async () => (await import("#/platform/fakes")).sockets.owner);

let links: Link[];
let heard: FeedMessage[];
let frames: Uint8Array[];
let live: Live;

beforeEach(() => {
  resetFakes();
  // The longest wait that chance can choose.
  vi.spyOn(Math, "random").mockReturnValue(1);
  links = [];
  heard = [];
  frames = [];
  live = new Live("/api/races/1/live", {
    now: () => time.nowMs,
    onLink: (link) => links.push(link),
    onMessage: (message) => heard.push(message),
    onFrame: (bytes) => frames.push(bytes),
  });
});

afterEach(() => live.close());

test("a connection that opens is live and asks for the time", () => {
  expect(links).toEqual(["connecting"]);
  sockets.last.events.onOpen();
  expect(links).toEqual(["connecting", "live"]);
  expect(sockets.last.path).toBe("/api/races/1/live");
  expect(sockets.last.sent).toEqual([{ type: "ping", echo: time.nowMs }]);
});

test("messages and frames are handed on, and words that are no message are dropped", () => {
  sockets.last.tell({ type: "pong", echo: 1, now_ms: 2 });
  sockets.last.events.onText("not JSON");
  sockets.last.tell({ type: "weather" });
  sockets.last.events.onBytes(new Uint8Array([7]));
  expect(heard).toEqual([{ type: "pong", echo: 1, now_ms: 2 }]);
  expect(frames).toEqual([new Uint8Array([7])]);
});

test("a line that broke is opened again, later after each failure", async () => {
  sockets.last.events.onClose(1006);
  expect(links.at(-1)).toBe("broken");
  await time.pass(249);
  expect(sockets.lines).toHaveLength(1);
  await time.pass(1);
  expect(sockets.lines).toHaveLength(2);
  sockets.last.events.onClose(1006);
  await time.pass(499);
  expect(sockets.lines).toHaveLength(2);
  await time.pass(1);
  expect(sockets.lines).toHaveLength(3);
});

test("a line of somebody who is logged out is not opened again, and the page is loaded anew", async () => {
  sockets.last.events.onClose(4001);
  expect(reloadPage).toHaveBeenCalledOnce();
  await time.pass(60_000);
  expect(sockets.lines).toHaveLength(1);
});

test("a line that opened again begins anew with short waits", async () => {
  sockets.last.events.onClose(1006);
  await time.pass(250);
  sockets.last.events.onOpen();
  expect(links.at(-1)).toBe("live");
  sockets.last.events.onClose(1006);
  await time.pass(250);
  expect(sockets.lines).toHaveLength(3);
});

test("a line that says nothing for twelve seconds is given up", async () => {
  const first = sockets.last;
  first.events.onOpen();
  await time.pass(10_000);
  expect(first.isClosed).toBe(false);
  expect(first.sent).toHaveLength(3);
  await time.pass(5_000);
  expect(first.isClosed).toBe(true);
  expect(links.at(-1)).toBe("broken");
  await time.pass(250);
  expect(sockets.lines).toHaveLength(2);
});

test("a line that speaks stays, whether in words or in frames", async () => {
  sockets.last.events.onOpen();
  for (let turn = 0; turn < 4; turn += 1) {
    await time.pass(8_000);
    if (turn % 2 === 0) sockets.last.tell({ type: "pong", echo: 1, now_ms: 2 });
    else sockets.last.events.onBytes(new Uint8Array([7]));
  }
  expect(sockets.lines).toHaveLength(1);
  expect(sockets.last.isClosed).toBe(false);
});

test("a snapshot is asked for by its name", () => {
  live.resync();
  expect(sockets.last.sent).toEqual([{ type: "resync" }]);
});

test("a closed connection asks nothing more and is not opened again", async () => {
  sockets.last.events.onOpen();
  live.close();
  expect(sockets.last.isClosed).toBe(true);
  await time.pass(60_000);
  expect(sockets.lines).toHaveLength(1);
  expect(time.waiting).toBe(0);
});

test("a connection closed while it waits to try again is not opened again", async () => {
  sockets.last.events.onClose(1006);
  live.close();
  await time.pass(60_000);
  expect(sockets.lines).toHaveLength(1);
});

test("a page whose timers are slowed down pings all the same, because the server tells something", () => {
  const wire = sockets.last;
  wire.events.onOpen();
  for (let second = 1; second <= 60; second += 1) {
    // Time goes on, but no timer rings.
    time.nowMs += 1_000;
    wire.tell({ type: "pong", echo: 1, now_ms: 2 });
  }
  expect(wire.sent).toHaveLength(1 + 60 / 5);
});

test("a line that never opens is given up after six seconds, and another is tried", async () => {
  await time.pass(6_000);
  expect(links.at(-1)).toBe("broken");
  await time.pass(250);
  expect(sockets.lines).toHaveLength(2);
});

test("after a long sleep a line is opened anew at once, without a wait", () => {
  const first = sockets.last;
  first.events.onOpen();
  time.suspend(45_000);
  wake(45_000);
  expect(first.isClosed).toBe(true);
  expect(sockets.lines).toHaveLength(2);
});

test("after a short sleep a line that gives a sign of life stays", async () => {
  const first = sockets.last;
  first.events.onOpen();
  time.suspend(5_000);
  wake(5_000);
  expect(first.sent).toHaveLength(2);
  first.tell({ type: "pong", echo: 1, now_ms: 2 });
  await time.pass(3_000);
  expect(sockets.lines).toHaveLength(1);
});

test("after a short sleep a line that stays silent is opened anew", async () => {
  sockets.last.events.onOpen();
  time.suspend(5_000);
  wake(5_000);
  await time.pass(2_000);
  expect(sockets.lines).toHaveLength(2);
});

test("a line that waits to be opened again is opened when the network is back", () => {
  sockets.last.events.onClose(1006);
  wake();
  expect(sockets.lines).toHaveLength(2);
});
