// Tests of lists that come page by page.
import { expect, test } from "vitest";
import { Paged } from "./paged";

type Answer = { rows: string[]; next: string | null };

/** A server that gives these answers in order, and notes what it was asked. */
function listOf(...answers: (Answer | Error)[]) {
  const asked: (string | null)[] = [];
  const counts: number[] = [];
  const list = new Paged<string>(
    (after, count) => {
      asked.push(after);
      counts.push(count);
      const answer = answers.shift() ?? new Error("asked too often");
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    (row) => row,
    2,
  );
  return { list, asked, counts };
}

test("a list goes on where it ended, until it is whole", async () => {
  const { list, asked } = listOf({ rows: ["a", "b"], next: "2" }, { rows: ["c"], next: null });
  expect(list.rows.value).toBeNull();
  await list.more();
  expect(list.isWhole.value).toBe(false);
  await list.more();
  await list.more();
  expect(list.rows.value).toEqual(["a", "b", "c"]);
  expect(list.isWhole.value).toBe(true);
  expect(asked).toEqual([null, "2"]);
});

test("two who ask at once ask once", async () => {
  const { list, asked } = listOf({ rows: ["a"], next: "1" });
  await Promise.all([list.more(), list.more()]);
  expect(asked).toHaveLength(1);
});

test("a row that moved to the next page is shown once", async () => {
  const { list } = listOf({ rows: ["a", "b"], next: "2" }, { rows: ["b", "c"], next: null });
  await list.more();
  await list.more();
  expect(list.rows.value).toEqual(["a", "b", "c"]);
});

test("a page that does not come costs nothing of what is there, and is asked for again", async () => {
  const { list, asked } = listOf({ rows: ["a"], next: "1" }, new Error("away"), {
    rows: ["b"],
    next: null,
  });
  await list.more();
  await list.more();
  expect(list.trouble.value).toBe("away");
  expect(list.rows.value).toEqual(["a"]);
  await list.more();
  expect(list.trouble.value).toBeNull();
  expect(list.rows.value).toEqual(["a", "b"]);
  expect(asked).toEqual([null, "1", "1"]);
});

test("a list is renewed as far as it was read, and goes on where it then ends", async () => {
  const { list, asked, counts } = listOf(
    { rows: ["a", "b"], next: "2" },
    { rows: ["c"], next: "3" },
    { rows: ["b", "n", "c"], next: "4" },
    { rows: ["z"], next: null },
  );
  await list.more();
  await list.more();
  await list.renew();
  // What is over has gone, though it stood on the first of two pages.
  expect(list.rows.value).toEqual(["b", "n", "c"]);
  await list.more();
  expect(list.rows.value).toEqual(["b", "n", "c", "z"]);
  expect(asked).toEqual([null, "2", null, "4"]);
  expect(counts).toEqual([2, 2, 3, 2]);
});

test("a list that is longer than one answer is renewed by several", async () => {
  const long = Array.from({ length: 250 }, (_, at) => `${at}`);
  const { list, counts } = listOf(
    { rows: long, next: "250" },
    { rows: long.slice(1, 101), next: "101" },
    { rows: long.slice(101, 201), next: "201" },
    { rows: [...long.slice(201), "250"], next: null },
  );
  await list.more();
  await list.renew();
  expect(list.rows.value).toEqual([...long.slice(1), "250"]);
  expect(counts.slice(1)).toEqual([100, 100, 50]);
});

test("nothing shows that a list is renewed, and a renewal that does not come costs nothing", async () => {
  const { list } = listOf({ rows: ["a"], next: "1" }, new Error("away"), {
    rows: ["b"],
    next: "2",
  });
  await list.more();
  const renewing = list.renew();
  expect(list.isBusy.value).toBe(false);
  expect(await renewing).toBe(false);
  expect([list.rows.value, list.trouble.value]).toEqual([["a"], null]);
  expect(await list.renew()).toBe(true);
  expect(list.rows.value).toEqual(["b"]);
});

test("whoever reads on while a list is renewed gets the page behind what is there then", async () => {
  const { list, asked } = listOf(
    { rows: ["a"], next: "1" },
    { rows: ["n", "a"], next: "2" },
    { rows: ["b"], next: null },
  );
  await list.more();
  await Promise.all([list.renew(), list.more()]);
  expect(list.rows.value).toEqual(["n", "a", "b"]);
  expect(asked).toEqual([null, null, "2"]);
});
