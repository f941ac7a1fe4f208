// Tests of one booking on its own page.
import { beforeEach, expect, test, vi } from "vitest";

vi.mock("#/platform/time", async () => (await import("#/platform/fakes")).time.owner);
vi.mock("#/platform/http", async () => (await import("#/platform/fakes")).server.owner);

import { resetFakes, server, time } from "#/platform/fakes";
import { BookingStore } from "./booking";

const UNKNOWN = { type: "about:blank", title: "", status: 404, code: "no-such-booking" };
const PATH = "/api/bookings/0123456789abcdef/3";
const booking = {
  booked_at_ms: 1,
  cancelled_at_ms: null,
  refunded_won: null,
  cancel: { until_ms: 9, fee_won: 4_000, refund_won: 61_000 },
};

beforeEach(resetFakes);

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
  server.on(`DELETE ${PATH}`, {});
  const store = new BookingStore("0123456789abcdef", "3");
  await store.ask(false);
  await store.cancel();
  expect(store.told.value?.booking).toMatchObject({ refunded_won: 61_000, cancel: null });
  expect(store.told.value?.booking.cancelled_at_ms).not.toBeNull();
});
