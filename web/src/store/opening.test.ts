// Tests of opening a race by its address, played through fakes.
import { beforeEach, describe, expect, test, vi } from "vitest";
import { newRace } from "#/api/client";
import type { Race, RaceState } from "#/api/types";
import { browser } from "#/platform/fake-browser";
import { resetFakes, server, settled, time } from "#/platform/fakes";

import { closeRace, current, loading, openAgain, startRace, startSteering } from "./current";
import { HOLD, inside, raceOf, STYLE, stateOf, viewOf, waiting } from "./fixture";
import { goTo, startRouting } from "./route";

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
  server.on("GET /api/plans/chamber", { name: "chamber" });
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

  const readmitted = (state: Partial<RaceState>) => ({
    outcome: { kind: "inside" },
    state: stateOf({ now_ms: 2_000, ...state }),
  });

  test("that was loaded anew inside stands in line anew and says so", async () => {
    server.on(`GET /api/races/${ID}`, viewOf({ you: inside() }));
    server.on(`POST /api/races/${ID}/enter`, readmitted({ you: waiting(8) }));
    await opened();
    expect(current.value?.belongings.loss.value).toMatchObject({
      cause: "opened",
      from: null,
      to: 8,
    });
  });

  test("says that seats are lost also when one is let in again at once", async () => {
    server.on(`GET /api/races/${ID}`, viewOf({ you: inside({ hold: HOLD }) }));
    const you = inside({ pass: "another", place: 9 });
    server.on(`POST /api/races/${ID}/enter`, readmitted({ you }));
    await opened();
    expect(current.value?.belongings.loss.value).toMatchObject({
      seats: 2,
      isInside: true,
      hasLostPass: true,
    });
  });

  test("tells a tab that is loaded anew from a second one", async () => {
    await playing({ you: waiting(3) });
    goTo("/");
    server.on(`GET /api/races/${ID}`, viewOf({ you: waiting(3) }));
    server.on(`POST /api/races/${ID}/enter`, readmitted({ you: waiting(8) }));
    await opened();
    expect(current.value?.belongings.loss.value).toMatchObject({
      cause: "reopened",
      from: 3,
      to: 8,
    });
  });

  test("pays its place once, however often it has to ask", async () => {
    server.on(`GET /api/races/${ID}`, viewOf({ you: waiting(3) }));
    for (let lost = 0; lost < 4; lost++) server.on(`POST /api/races/${ID}/enter`, "lost");
    server.on(`POST /api/races/${ID}/enter`, readmitted({ you: waiting(8) }));
    await opened();
    await time.pass(10_000);
    expect(loading.value).toBe("failed");
    openAgain();
    await settled();
    expect(loading.value).toBe("idle");
    const entered = server.asked.filter(({ path }) => path.endsWith("/enter"));
    expect(entered).toHaveLength(5);
    expect(new Set(entered.map(({ headers }) => headers.get("Idempotency-Key"))).size).toBe(1);
  });

  test("that comes after another was asked for is not shown", async () => {
    const other = "fedcba9876543210";
    server.on(`GET /api/races/${ID}`, viewOf({ you: waiting(3) }), 200, 3_000);
    server.on(`GET /api/races/${other}`, viewOf({}, { id: other }));
    await opened();
    await opened(other);
    expect(current.value?.id).toBe(other);
    await time.pass(3_000);
    expect(current.value?.id).toBe(other);
    expect(server.questions()).not.toContain(`POST /api/races/${ID}/enter`);
  });

  test("keeps its pass where the style lets it", async () => {
    const style = { ...STYLE, queue: { ...STYLE.queue, refresh_inside: "keeps" } } as const;
    server.on(`GET /api/races/${ID}`, viewOf({ you: inside() }, { style: style as Race["style"] }));
    await opened();
    expect(server.questions()).not.toContain(`POST /api/races/${ID}/enter`);
    expect(current.value?.belongings.loss.value).toBeNull();
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
    await time.pass(3_000);
    expect(loading.value).toBe("failed");
    expect(current.value).toBeNull();
  });
});
