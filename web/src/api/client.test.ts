// Tests of when a request is sent again, and of who goes first. Played through fakes.
import { beforeEach, expect, test, vi } from "vitest";

type Fakes = typeof import("#/platform/fakes");

let client: typeof import("./client");
let server: Fakes["server"];
let time: Fakes["time"];
let settled: Fakes["settled"];

beforeEach(async () => {
  // Each test is a page that was loaded anew: nobody has a name yet.
  vi.resetModules();
  ({ server, time, settled } = await import("#/platform/fakes"));
  vi.doMock("#/platform/time", () => time.owner);
  vi.doMock("#/platform/http", () => server.owner);
  client = await import("./client");
});

const CLOCK = "GET /api/clock";
const CATALOGUE = "GET /api/catalogue";

test("a question that is never answered is asked again, and ends", async () => {
  server.on(CATALOGUE, "never");
  const failed = client.getCatalogue().catch((error: unknown) => error);
  await time.pass(45_000);
  expect(await failed).toBeInstanceOf(server.owner.Unreachable);
  expect(server.questions()).toEqual([CATALOGUE, CATALOGUE, CATALOGUE]);
});

test("a question that was lost once is answered the second time", async () => {
  server.on(CATALOGUE, "lost");
  server.on(CATALOGUE, { plans: [] });
  const found = client.getCatalogue();
  await time.pass(1_000);
  expect(await found).toEqual({ plans: [] });
});

test("a refusal is an answer and is not asked again", async () => {
  server.on(CATALOGUE, { status: 404, code: "no-such-race" }, 404);
  await expect(client.getCatalogue()).rejects.toThrow("no-such-race");
  expect(server.asked).toHaveLength(1);
});

test("a first question without an answer lets the next one go after four seconds", async () => {
  server.on(CLOCK, "never");
  server.on(CATALOGUE, { plans: [] });
  void client.getClock().catch(() => undefined);
  const found = client.getCatalogue();
  await time.pass(3_999);
  expect(server.questions()).toEqual([CLOCK]);
  await time.pass(1);
  expect(await found).toEqual({ plans: [] });
});

test("until the guest has a name, one question at a time is asked, also after a failure", async () => {
  server.on(CLOCK, "lost");
  server.on(CATALOGUE, { plans: [] }, 200, 1_000);
  server.on("GET /api/races", { races: [] });
  void client.getClock().catch(() => undefined);
  const found = Promise.all([client.getCatalogue(), client.getPastRaces()]);
  await settled();
  expect(server.questions()).toEqual([CLOCK, CATALOGUE]);
  await time.pass(1_000);
  await found;
  expect(server.questions()).toEqual([CLOCK, CATALOGUE, "GET /api/races"]);
});
