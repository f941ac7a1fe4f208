// Tests of lists that come page by page.
import { expect, test } from "vitest";
import { Paged } from "./paged";

type Answer = { rows: string[]; next: string | null };

/** A server that gives these answers in order, and notes what it was asked. */
function listOf(...answers: (Answer | Error)[]) {
  const asked: (string | null)[] = [];
  const list = new Paged<string>(
    (after) => {
      asked.push(after);
      const answer = answers.shift() ?? new Error("asked too often");
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    (row) => row,
  );
  return { list, asked };
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

test("O41: two lists are read on apart", async () => {
  const booked = listOf({ rows: ["a"], next: "1" }, { rows: ["b"], next: null });
  const liked = listOf({ rows: ["a"], next: "7" }, { rows: ["z"], next: "8" });
  await Promise.all([booked.list.more(), liked.list.more()]);
  await booked.list.more();
  expect(booked.list.isWhole.value).toBe(true);
  // The end of one is not the end of the other, which goes on at its own place.
  expect(liked.list.isWhole.value).toBe(false);
  await liked.list.more();
  expect(booked.list.rows.value).toEqual(["a", "b"]);
  expect(liked.list.rows.value).toEqual(["a", "z"]);
  expect([booked.asked, liked.asked]).toEqual([
    [null, "1"],
    [null, "7"],
  ]);
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

test("a first page is renewed, and whoever has read on keeps what they read", async () => {
  const { list } = listOf(
    { rows: ["a"], next: "1" },
    { rows: ["n", "a"], next: "2" },
    { rows: ["z"], next: null },
  );
  await list.more();
  await list.renew();
  expect(list.rows.value).toEqual(["n", "a"]);
  await list.more();
  await list.renew();
  expect(list.rows.value).toEqual(["n", "a", "z"]);
});
