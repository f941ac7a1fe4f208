// Tests of one booking on its own page.
import { beforeEach, expect, test, vi } from "vitest";

vi.mock("#/platform/time", async () => (await import("#/platform/fakes")).time.owner);
vi.mock("#/platform/http", async () => (await import("#/platform/fakes")).server.owner);

import type { TicketedBooking } from "#/api/account-types";
import { resetFakes, server, time } from "#/platform/fakes";
import { askMe } from "../me";
import { BookingStore } from "./booking";
import { keepBooking, keptBookings } from "./kept-bookings";

const UNKNOWN = { type: "about:blank", title: "", status: 404, code: "no-such-booking" };
const PATH = "/api/bookings/0123456789abcdef/3";
const booking = {
  booked_at_ms: 1,
  cancelled_at_ms: null,
  refunded_won: null,
  cancel_until_ms: 9,
  cancel: { fee_won: 4_000, refund_won: 61_000 },
};

const shelf = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => shelf.get(key) ?? null,
  setItem: (key: string, value: string) => shelf.set(key, value),
  removeItem: (key: string) => shelf.delete(key),
});
const SEEN = {
  booking: {
    ...booking,
    sale: "0123456789abcdef",
    number: 3,
    concert: { title: "concert" },
    seats: [],
  },
  tickets: [{ code: "A" }],
} as unknown as TicketedBooking;

beforeEach(() => {
  resetFakes();
  shelf.clear();
});

test("a booking that was just paid is waited for", async () => {
  server.on(`GET ${PATH}`, UNKNOWN, 404);
  server.on(`GET ${PATH}`, UNKNOWN, 404);
  server.on(`GET ${PATH}`, { booking, tickets: [] });
  const store = new BookingStore("0123456789abcdef", "3");
  const asking = store.ask(true);
  await time.pass(5_000);
  await asking;
  expect(store.told.value?.booking.booked_at_ms).toBe(1);
  expect(store.trouble.value).toBeNull();
});

test("one that nobody made is not waited for without end", async () => {
  server.on(`GET ${PATH}`, UNKNOWN, 404);
  const store = new BookingStore("0123456789abcdef", "3");
  const asking = store.ask(true);
  await time.pass(60_000);
  await asking;
  expect(store.told.value).toBeNull();
  expect(store.trouble.value).toMatchObject({ problem: { code: "no-such-booking" } });
});

test("a cancelled booking is shown so at once, with what it gives back", async () => {
  server.on(`GET ${PATH}`, { booking, tickets: [] });
  server.on(`DELETE ${PATH}?refund_won=61000`, {});
  const store = new BookingStore("0123456789abcdef", "3");
  await store.ask(false);
  await store.cancel();
  expect(store.told.value?.booking).toMatchObject({ refunded_won: 61_000, cancel: null });
  expect(store.told.value?.booking.cancelled_at_ms).not.toBeNull();
});

test("what was seen last is shown as soon as the server is silent, and goes on while it is asked again", async () => {
  keepBooking(SEEN, 5);
  server.on(`GET ${PATH}`, "never");
  const store = new BookingStore("0123456789abcdef", "3");
  const asking = store.ask(true);
  expect(store.kept.value).toBeNull();
  await time.pass(4_000);
  expect(store.kept.value).toEqual({ told: SEEN, seen_at_ms: 5 });
  await time.pass(60_000);
  await asking;
  server.on(`GET ${PATH}`, { booking, tickets: [] });
  server.on(`GET ${PATH}`, { booking, tickets: [] });
  const again = store.ask(false);
  expect(store.kept.value).not.toBeNull();
  await time.pass(30_000);
  await again;
  expect(store.kept.value).toBeNull();
});

test("what the server says is another person's is shown no more, and forgotten", async () => {
  keepBooking(SEEN, 5);
  server.on(`GET ${PATH}`, UNKNOWN, 404);
  const store = new BookingStore("0123456789abcdef", "3");
  await store.ask(false);
  expect(store.kept.value).toBeNull();
  expect(shelf.get("tingting.bookings")).toBe("[]");
});

test("whoever comes after does not find what was kept for the one before", async () => {
  server.on("GET /api/me", { person: "a" });
  server.on("GET /api/me", { person: "a" });
  server.on("GET /api/me", { person: "b" });
  await askMe();
  keepBooking(SEEN, 5);
  await askMe();
  expect(keptBookings()).toHaveLength(1);
  await askMe();
  expect(keptBookings()).toEqual([]);
});
