// Tests of waking: what waits is done at once when the page runs again.
import { beforeEach, expect, test, vi } from "vitest";
import { resetFakes, settled, time } from "./fakes";
import { insist, onWake, rest, startWaking, wake } from "./wake";

vi.mock("#/platform/time", async () => (await import("#/platform/fakes")).time.owner);
vi.mock("./time", async () => (await import("#/platform/fakes")).time.owner);

const page = new EventTarget();
vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
vi.stubGlobal("document", page);

beforeEach(resetFakes);

test("a rest lasts its time, or until something wakes", async () => {
  const ended: string[] = [];
  void rest(1_000).then(() => ended.push("short"));
  void rest(9_000).then(() => ended.push("long"));
  await time.pass(1_000);
  expect(ended).toEqual(["short"]);
  wake();
  await settled();
  expect(ended).toEqual(["short", "long"]);
  expect(time.waiting).toBe(0);
});

test("work is tried again with growing waits until it succeeds", async () => {
  const tries: number[] = [];
  const begun = time.nowMs;
  const done = insist(async () => {
    tries.push(time.nowMs - begun);
    if (tries.length < 4) throw new Error("lost");
    return "found";
  });
  await time.pass(10_000);
  expect(tries).toEqual([0, 1_000, 3_000, 7_000]);
  expect(await done).toBe("found");
});

test("work that nobody wants any more is given up", async () => {
  let isWanted = true;
  const done = insist(
    async () => {
      throw new Error("lost");
    },
    () => isWanted,
  );
  await settled();
  isWanted = false;
  await time.pass(1_000);
  expect(await done).toBeNull();
});

test("a machine that slept is noticed by the next look, with the time that it slept", async () => {
  const lost: number[] = [];
  startWaking();
  const stop = onWake((lostMs) => lost.push(lostMs));
  await time.pass(5_000);
  expect(lost).toEqual([]);
  time.suspend(45_000);
  await time.pass(250);
  expect(lost).toHaveLength(1);
  expect(lost[0]).toBeGreaterThanOrEqual(45_000);
  await time.pass(5_000);
  expect(lost).toHaveLength(1);
  page.dispatchEvent(new Event("online"));
  expect(lost.at(-1)).toBe(0);
  stop();
});
