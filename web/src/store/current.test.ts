// Tests of opening, steering and leaving a race, played through fakes.
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Race, RaceState } from "#/api/types";
import { resetFakes, server, settled, sockets, time } from "#/platform/fakes";
import {
  chosen,
  closeRace,
  current,
  goToStep,
  hasStartedOver,
  loading,
  plan,
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

/** The address line and what was there before. */
const browser = vi.hoisted(() => {
  const trail = ["/"];
  const heard = new EventTarget();
  const location = {
    get pathname() {
      return trail.at(-1) ?? "/";
    },
  };
  const history = {
    pushState: (_: unknown, __: string, path: string) => trail.push(path),
    replaceState: (_: unknown, __: string, path: string) => trail.splice(-1, 1, path),
  };
  const addEventListener = heard.addEventListener.bind(heard);
  const globals = { location, history, addEventListener, navigator: { languages: ["ko"] } };
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  const back = () => {
    trail.pop();
    heard.dispatchEvent(new Event("popstate"));
  };
  return { trail, back };
});

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
  question.value = null;
  browser.trail.splice(0, browser.trail.length, "/");
  resetFakes();
  server.on("GET /api/plans/1-0c", { name: "chamber" });
});

async function playing(state: Partial<RaceState>, race: Partial<Race> = {}): Promise<void> {
  server.on("POST /api/races", viewOf(state, race));
  await startRace({});
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

  test("begins with nothing of the one before", async () => {
    await playing({ you: inside() });
    chosen.value = [1];
    hasStartedOver.value = true;
    const before = sockets.last;
    await playing({}, { id: "fedcba9876543210" });
    expect(before.isClosed).toBe(true);
    expect(chosen.value).toEqual([]);
    expect(hasStartedOver.value).toBe(false);
  });
});

describe("a race by its address", () => {
  test("is asked for and shown where one may be", async () => {
    server.on(`GET /api/races/${ID}`, viewOf({ you: inside({ captcha: "due" }) }));
    server.on(`POST /api/races/${ID}/enter`, {
      outcome: { kind: "placed", place: 9 },
      state: stateOf({ now_ms: 2_000, you: waiting(8) }),
    });
    goTo(at("payment"));
    expect(loading.value).toBe("loading");
    await settled();
    expect(loading.value).toBe("idle");
    expect(browser.trail.at(-1)).toBe(at("queue"));
  });

  test("that was loaded anew inside stands in line anew and says so", async () => {
    server.on(`GET /api/races/${ID}`, viewOf({ you: inside() }));
    server.on(`POST /api/races/${ID}/enter`, {
      outcome: { kind: "placed", place: 9 },
      state: stateOf({ now_ms: 2_000, you: waiting(8) }),
    });
    await opened();
    expect(hasStartedOver.value).toBe(true);
  });

  test("keeps its pass where the style lets it", async () => {
    const style = { ...STYLE, queue: { ...STYLE.queue, refresh_inside: "keeps" } } as const;
    server.on(`GET /api/races/${ID}`, viewOf({ you: inside() }, { style: style as Race["style"] }));
    await opened();
    expect(server.questions()).not.toContain(`POST /api/races/${ID}/enter`);
    expect(hasStartedOver.value).toBe(false);
  });

  test("whose door is shut is shown as it then is", async () => {
    server.on(`GET /api/races/${ID}`, viewOf({ you: waiting(3) }));
    server.on(`GET /api/races/${ID}`, viewOf({ now_ms: 2_000, you: waiting(2), stage: "paused" }));
    server.on(`POST /api/races/${ID}/enter`, refusal(409, "sale-paused"), 409);
    await opened();
    expect(current.value?.state.value.stage).toBe("paused");
  });

  test("that nobody knows is told from one that cannot be had now", async () => {
    server.on(`GET /api/races/${ID}`, refusal(404, "no-such-race"), 404);
    await opened();
    expect(loading.value).toBe("no-such-race");
    server.on("GET /api/races/fedcba9876543210", "lost");
    await opened("fedcba9876543210");
    expect(loading.value).toBe("failed");
    expect(current.value).toBeNull();
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
  chosen.value = [4];
  question.value = { kind: "step-back" };
  server.on(`POST /api/races/${ID}/release`, {
    outcome: { kind: "released" },
    state: stateOf({ now_ms: 2_000, you: inside({ viewed }) }),
  });
  await stepBack();
  expect(server.asked.at(-1)?.body).toEqual({ seats: HOLD.seats });
  expect(browser.trail.at(-1)).toBe(at("seats"));
  expect(chosen.value).toEqual([]);
  expect(question.value).toBeNull();
});
