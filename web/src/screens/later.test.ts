// Tests of parts that are fetched later, played through fakes.
import { beforeEach, expect, test, vi } from "vitest";
import { resetFakes, settled, time } from "#/platform/fakes";
import { wake } from "#/platform/wake";
import { later } from "./later";

vi.mock("#/platform/time", async () => (await import("#/platform/fakes")).time.owner);

// No build, no list of files: another try asks for the same.
vi.stubGlobal("document", { querySelector: () => null });

beforeEach(resetFakes);

test("a part that is lost is asked for again, and at once when the network is back", async () => {
  let tries = 0;
  const part = later("map", async () => {
    if (++tries < 3) throw new Error("lost");
    return "the map";
  });
  void part.fetch();
  await time.pass(1_000);
  expect([tries, part.found.value]).toEqual([2, null]);
  wake();
  await settled();
  expect(part.found.value).toBe("the map");
});

test("a part that never comes is asked for again after six seconds", async () => {
  let tries = 0;
  const part = later("map", () =>
    ++tries === 1 ? new Promise<string>(() => undefined) : Promise.resolve("the map"),
  );
  void part.fetch();
  await time.pass(6_900);
  expect([tries, part.found.value]).toEqual([1, null]);
  await time.pass(200);
  expect(part.found.value).toBe("the map");
});

test("a part that comes after all is as good as one that was asked for again", async () => {
  let come: (part: string) => void = () => undefined;
  const part = later(
    "map",
    () =>
      new Promise<string>((resolve) => {
        come = resolve;
      }),
  );
  const done = part.fetch();
  await time.pass(5_000);
  come("the map");
  await done;
  expect(part.found.value).toBe("the map");
});
