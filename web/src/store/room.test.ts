// Tests of the room's store, played through fakes.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { browser } from "#/platform/fake-browser";
import { resetFakes, server, settled, sockets, time } from "#/platform/fakes";
import { RoomStore } from "./room";
import { CODE, memberCalled, roomOf } from "./room-fixture";
import type { News } from "./room-news";

vi.mock("#/platform/time", async () => (await import("#/platform/fakes")).time.owner);
vi.mock("#/platform/http", async () => (await import("#/platform/fakes")).server.owner);
vi.mock("#/platform/socket", async () => (await import("#/platform/fakes")).sockets.owner);

const ROOM = `/api/rooms/${CODE}`;
const RACE = "0123456789abcdef";
const HANA = memberCalled("하나", { number: 0, host: true });
const DUL = memberCalled("둘", { number: 1 });

const said: News[] = [];
let store: RoomStore;

beforeEach(() => {
  browser.reset();
  resetFakes();
  said.length = 0;
  store = new RoomStore(CODE, (news) => said.push(...news));
});
afterEach(() => store.close());

async function opened(room = roomOf({ members: [HANA, DUL] })): Promise<void> {
  server.on(`GET ${ROOM}`, room);
  void store.open();
  await settled();
}

const hear = (room: object) => sockets.last.tell({ type: "room", room });

test("a room is asked for until it is there, and then heard", async () => {
  server.on(`GET ${ROOM}`, "lost");
  server.on(`GET ${ROOM}`, roomOf());
  void store.open();
  await time.pass(5_000);
  expect(store.room.value?.code).toBe(CODE);
  expect(sockets.last.path).toBe(`${ROOM}/live`);
  hear(roomOf({ revision: 2, door: "closed" }));
  expect(store.room.value?.door).toBe("closed");
});

test("a room that is not there is not asked for again", async () => {
  server.on(`GET ${ROOM}`, { status: 404, code: "no-such-room" }, 404);
  void store.open();
  await time.pass(30_000);
  expect(store.isMissing.value).toBe(true);
  expect(server.asked).toHaveLength(1);
  expect(sockets.lines).toEqual([]);
});

test("what is older than what is known changes nothing", async () => {
  await opened(roomOf({ revision: 5 }));
  hear(roomOf({ revision: 4, door: "closed" }));
  expect(store.room.value?.door).toBe("open");
});

test("who is removed is told so, and who leaves is not", async () => {
  await opened();
  hear(roomOf({ revision: 2, you: null, members: [DUL] }));
  expect(store.isRemoved.value).toBe(true);
  expect(said).toEqual([{ kind: "removed" }]);
});

test("who leaves hears nothing of it", async () => {
  await opened();
  server.on(`DELETE ${ROOM}/members/0`, roomOf({ revision: 2, you: null, members: [DUL] }));
  await store.leave();
  expect(store.isRemoved.value).toBe(false);
  expect(said).toEqual([]);
});

test("a race is gone to once, and the next one again", async () => {
  await opened();
  expect(store.takeRace()).toBeNull();
  hear(roomOf({ revision: 2, stage: "counting", race: RACE }));
  expect(store.takeRace()).toBe(RACE);
  expect(store.takeRace()).toBeNull();
  const next = "fedcba9876543210";
  hear(roomOf({ revision: 3, stage: "counting", race: next, rematch: 1 }));
  expect(store.takeRace()).toBe(next);
});

test("a refused press changes nothing and is told", async () => {
  await opened();
  server.on(`POST ${ROOM}/start`, { status: 403, code: "not-host" }, 403);
  await expect(store.start()).rejects.toThrow("not-host");
  expect(store.room.value?.stage).toBe("lobby");
});
