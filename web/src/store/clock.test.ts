// Tests of the clock after a sleep, played through fakes.
import { beforeEach, expect, test, vi } from "vitest";
import { resetFakes, server, settled, time } from "#/platform/fakes";
import { wake } from "#/platform/wake";
import { clock, notePong, serverNow, startTicking, syncClock, tenth } from "./clock";

vi.mock("#/platform/time", async () => (await import("#/platform/fakes")).time.owner);
vi.mock("#/platform/http", async () => (await import("#/platform/fakes")).server.owner);

const AHEAD_MS = 7_000;

beforeEach(resetFakes);

async function synced(): Promise<void> {
  server.on("GET /api/clock", { now_ms: time.nowMs + AHEAD_MS });
  const done = syncClock();
  await time.pass(1_000);
  await done;
}

test("a machine that slept 45 seconds has the right time as soon as it notices", async () => {
  await synced();
  startTicking();
  const before = serverNow();
  time.suspend(45_000);
  wake(time.owner.catchUp());
  expect(serverNow() - before).toBe(45_000);
  expect(tenth.value - before).toBeGreaterThan(44_000);
  expect(clock.value).toBeNull();
  server.reset();
  server.on("GET /api/clock", { now_ms: time.nowMs + 100 });
  await settled();
  await time.pass(200);
  expect(server.asked.length).toBeGreaterThan(0);
});

test("a round trip that spans a sleep says nothing about the time", () => {
  startTicking();
  const sentMs = time.owner.localNow();
  time.suspend(45_000);
  wake(time.owner.catchUp());
  notePong(sentMs, 1);
  expect(clock.value).toBeNull();
});

test("a round trip of more than ten seconds is no sample, whatever the cause", async () => {
  startTicking();
  wake(1);
  const sentMs = time.owner.localNow();
  time.nowMs += 10_001;
  notePong(sentMs, 1);
  expect(clock.value).toBeNull();
  notePong(time.owner.localNow(), time.owner.localNow() + 5);
  expect(clock.value?.networkMs).toBe(0);
});
