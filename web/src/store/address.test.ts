// Tests of the meaning of addresses.
import { expect, test } from "vitest";
import {
  bookingPath,
  concertPath,
  doorPath,
  parsePath,
  performancePath,
  racePath,
  roomPath,
  wayBack,
} from "./address";
import { STEPS } from "./steps";

const ID = "0123456789abcdef";

test("home, a race and nothing else", () => {
  expect(parsePath("/")).toEqual({ kind: "home" });
  expect(parsePath(`/race/${ID}`)).toEqual({ kind: "race", id: ID, step: null });
  expect(parsePath(`/race/${ID}/`)).toEqual({ kind: "race", id: ID, step: null });
  for (const path of [
    "/race",
    "/race/",
    "/race/1",
    `/race/${ID}/roof`,
    `/race/${ID}/seats/2`,
    "/x",
  ]) {
    expect(parsePath(path)).toEqual({ kind: "unknown" });
  }
});

test("what is written is read back", () => {
  for (const step of STEPS) {
    expect(parsePath(racePath(ID, step))).toEqual({ kind: "race", id: ID, step });
  }
});

const CODE = "abcdefgh234567mn";

test("a room has an address for itself, for its watchers, for its results and for each report", () => {
  const at = { kind: "room", code: CODE, member: null };
  expect(parsePath(`/room/${CODE}`)).toEqual({ ...at, view: "room" });
  expect(parsePath(`/room/${CODE}/`)).toEqual({ ...at, view: "room" });
  expect(parsePath("/room")).toEqual({ kind: "new-room" });
  expect(parsePath("/handover")).toEqual({ kind: "hand-over" });
  for (const view of ["room", "watch", "results"] as const) {
    expect(parsePath(roomPath(CODE, view))).toEqual({ ...at, view });
  }
  expect(parsePath(roomPath(CODE, "results", 3))).toEqual({ ...at, view: "results", member: 3 });
});

test("what is no code of a room leads nowhere", () => {
  for (const path of [
    "/room/short",
    `/room/${CODE.toUpperCase()}`,
    `/room/${CODE}1`,
    `/room/${CODE}/seats`,
    `/room/${CODE}/watch/1`,
    `/room/${CODE}/results/x`,
    "/handover/1",
  ]) {
    expect(parsePath(path)).toEqual({ kind: "unknown" });
  }
});

test("one's times have an address", () => {
  expect(parsePath("/progress")).toEqual({ kind: "progress" });
  expect(parsePath("/progress/x")).toEqual({ kind: "unknown" });
});

test("a race leads back to the concert that it sells or rehearses, and else to the first page", () => {
  expect(wayBack({ performance: "7", rehearses: null })).toBe("/performances/7");
  expect(wayBack({ performance: null, rehearses: "8" })).toBe("/performances/8");
  expect(wayBack({ performance: null, rehearses: null })).toBe("/");
  expect(wayBack(undefined)).toBe("/");
});

test("each screen of the shows has an address, and a concert has its own", () => {
  const at = (page: string, id = "") => ({ kind: "shows", page, id });
  expect(parsePath("/shows")).toEqual(at("shows"));
  expect(parsePath("/shows/search")).toEqual(at("search"));
  expect(parsePath("/calendar")).toEqual(at("calendar"));
  expect(parsePath("/me")).toEqual(at("me"));
  expect(parsePath(concertPath("42"))).toEqual(at("concert", "42"));
  expect(parsePath(performancePath("7"))).toEqual(at("performance", "7"));
  for (const path of [
    "/shows/x",
    "/search",
    "/calendar/1",
    "/concerts",
    "/concerts/",
    "/concerts/a/b",
  ])
    expect(parsePath(path)).toEqual({ kind: "unknown" });
});

test("a booking and the door have addresses of their own", () => {
  expect(parsePath(bookingPath(ID, 3))).toEqual({ kind: "shows", page: "booking", id: `${ID}/3` });
  expect(parsePath("/door")).toEqual({ kind: "shows", page: "door", id: "" });
  const atDoor = { kind: "shows", page: "door", id: "AB3XK" };
  expect(parsePath(doorPath("AB3XK"))).toEqual(atDoor);
  for (const path of [
    "/me/bookings",
    `/me/bookings/${ID}`,
    "/me/bookings/x/y",
    "/door/A/B",
    "/door/a.b",
  ])
    expect(parsePath(path)).toEqual({ kind: "unknown" });
});
