// Tests of opening, steering and leaving a race, played through fakes.
import { beforeEach, describe, expect, test, vi } from "vitest";
import { newRace } from "#/api/client";
import type { Race, RaceState } from "#/api/types";
import { browser } from "#/platform/fake-browser";
import { resetFakes, server, settled, sockets, time } from "#/platform/fakes";
import { chooseSeat, confirmSeats, isChoosing, mine } from "#/screens/seats/choosing";
import {
  closeRace,
  current,
  goToStep,
  plan,
  putQuestion,
  question,
  startRace,
  startSteering,
  stepBack,
} from "./current";
import { HOLD, inside, raceOf, STYLE, stateOf, viewOf, waiting } from "./fixture";
import { goTo, route, startRouting } from "./route";

vi.mock("#/platform/time", async () => (await import("#/platform/fakes")).time.owner);
vi.mock("#/platform/http", async () => (await import("#/platform/fakes")).server.owner);
vi.mock("#/platform/socket", async () => (await import("#/platform/fakes")).sockets.owner);

const ID = raceOf().id;
const at = (step: string) => `/race/${ID}/${step}`;
const refusal = (status: number, code: string) => ({
  type: "about:blank",
  title: "",
  status,
  code,
});

startRouting();
startSteering();

beforeEach(() => {
  goTo("/");
  closeRace();
  browser.reset();
  resetFakes();
  server.on("GET /api/plans/1-0c", { name: "chamber" });
});

async function playing(state: Partial<RaceState>, race: Partial<Race> = {}): Promise<void> {
  server.on("POST /api/races", viewOf(state, race));
  await startRace(() => newRace({ scenario: "calm" }));
  await settled();
}

async function opened(id = ID): Promise<void> {
  goTo(`/race/${id}`);
  await settled();
}

describe("a new race", () => {
  test("is shown at its first step, with its line and its plan", async () => {
    await playing({});
    expect(current.value?.id).toBe(ID);
    expect(browser.trail).toEqual(["/", at("lobby")]);
    expect(sockets.last.path).toBe(`/api/races/${ID}/live`);
    expect(plan.value).toEqual({ name: "chamber" });
  });

  test("asks again for a plan that could not be loaded", async () => {
    server.on("GET /api/plans/1-9a", "lost");
    server.on("GET /api/plans/1-9a", { name: "garden" });
    await playing({}, { plan_address: "1-9a" });
    expect(plan.value).toBeNull();
    await time.pass(1_000);
    expect(plan.value).toEqual({ name: "garden" });
  });

  test("is asked for once and has one line", async () => {
    await playing({});
    const asked = server.questions().filter((one) => one.includes("/races"));
    expect(asked).toEqual(["POST /api/races"]);
    expect(sockets.lines).toHaveLength(1);
  });

  test("begins with nothing of the one before, also when its answers come late", async () => {
    await playing({ you: inside() });
    const first = current.value;
    const line = sockets.last;
    putQuestion({ kind: "leave", next: "home" });
    server.on(`POST /api/races/${ID}/hold`, refusal(409, "seat-taken"), 409, 3_000);
    const late = first && chooseSeat(first, 1);
    expect(isChoosing.value).toBe(true);
    server.reset();
    await playing({}, { id: "fedcba9876543210" });
    expect(line.isClosed).toBe(true);
    expect([isChoosing.value, question.value, mine.value]).toEqual([false, null, []]);
    await time.pass(3_000);
    await late;
    const now = current.value;
    expect([now?.clash.value, now?.toast.words.value, now?.asking.isSlow.value]).toEqual([
      null,
      null,
      false,
    ]);
    expect(first?.clash.value).not.toBeNull();
    expect(browser.trail.at(-1)).toBe("/race/fedcba9876543210/lobby");
  });

  test("keeps its address when seats of the one before come late", async () => {
    const style = { ...STYLE, seats: { ...STYLE.seats, hold_at: "done" } } as Race["style"];
    await playing({ you: inside({ viewed: { section: 0, at_ms: 0 } }) }, { style });
    const first = current.value;
    if (first) first.chosen.value = [4];
    const state = stateOf({ now_ms: 2_000, you: inside({ hold: HOLD }) });
    const held = { outcome: { kind: "held", until_ms: null }, state };
    server.on(`POST /api/races/${ID}/hold`, held, 200, 3_000);
    const late = first && confirmSeats(first);
    await settled();
    server.reset();
    await playing({}, { id: "fedcba9876543210" });
    await time.pass(3_000);
    await late;
    expect(browser.trail.at(-1)).toBe("/race/fedcba9876543210/lobby");
  });

  test("that comes after the visitor went elsewhere is not shown", async () => {
    server.on("POST /api/races", viewOf(), 200, 3_000);
    server.on("GET /api/races/fedcba9876543210", viewOf({}, { id: "fedcba9876543210" }));
    const started = startRace(() => newRace({ scenario: "calm" }));
    await opened("fedcba9876543210");
    await time.pass(3_000);
    await started;
    expect(current.value?.id).toBe("fedcba9876543210");
  });
});

describe("steering", () => {
  test("an address where one may not be is replaced by one where one may", async () => {
    await playing({});
    goToStep("payment");
    expect(browser.trail.at(-1)).toBe(at("lobby"));
    expect(browser.trail).not.toContain(at("payment"));
  });

  test("the address follows when the server moves one on", async () => {
    await playing({ you: waiting(1) });
    current.value?.hear(stateOf({ now_ms: 2_000, you: inside() }));
    expect(browser.trail.at(-1)).toBe(at("sections"));
  });

  test("leaving the race for another page closes it", async () => {
    await playing({});
    goTo("/");
    expect(current.value).toBeNull();
    expect(sockets.last.isClosed).toBe(true);
  });
});

describe("the back button", () => {
  const viewed = { section: 0, at_ms: 0 };

  test("asks before a place in the queue is given up", async () => {
    await playing({ you: waiting(3) });
    browser.back();
    expect(question.value).toEqual({ kind: "leave", next: "home" });
    expect(browser.trail.at(-1)).toBe(at("queue"));
    expect(current.value?.id).toBe(ID);
  });

  test("asks before held seats are given up", async () => {
    await playing({ you: inside({ viewed, hold: HOLD }) });
    goToStep("price");
    browser.back();
    expect(question.value).toEqual({ kind: "step-back" });
    expect(browser.trail.at(-1)).toBe(at("price"));
  });

  test("goes from the seats to the sections without a question", async () => {
    await playing({ you: inside({ viewed }) });
    goToStep("sections");
    goToStep("seats");
    browser.back();
    expect(question.value).toBeNull();
    expect(route.value).toEqual({ kind: "race", id: ID, step: "sections" });
  });

  test("leaves a race that is over without a question", async () => {
    await playing({ you: { kind: "away", locked_until_ms: 0 }, over: true });
    browser.back();
    expect(question.value).toBeNull();
    expect(route.value).toEqual({ kind: "home" });
  });
});

test("a step back gives every held seat back and returns to the map", async () => {
  const viewed = { section: 0, at_ms: 0 };
  await playing({ you: inside({ viewed, hold: HOLD }) });
  goToStep("price");
  const store = current.value;
  if (!store) throw new Error("no race is shown");
  store.chosen.value = [4];
  putQuestion({ kind: "step-back" });
  server.on(`POST /api/races/${ID}/release`, {
    outcome: { kind: "released" },
    state: stateOf({ now_ms: 2_000, you: inside({ viewed }) }),
  });
  await stepBack(store);
  expect(server.asked.at(-1)?.body).toEqual({ seats: HOLD.seats });
  expect(browser.trail.at(-1)).toBe(at("seats"));
  expect(store.chosen.value).toEqual([]);
  expect(question.value).toBeNull();
});
