// Tests of asking what would have come of other times.
import { afterEach, expect, test, vi } from "vitest";
import { Refused } from "#/api/client";
import type { Problem, WhatIfAnswer } from "#/api/types";
import { time } from "#/platform/fakes";
import { type Question, WhatIfAsk } from "./what-if-ask";

vi.mock("#/platform/time", async () => (await import("#/platform/fakes")).time.owner);
afterEach(() => time.reset());

const times = (press: number, crowds = 0): Question => ({ times: { press }, crowds });

/** A server that answers when it is told to. */
function server() {
  const asked: Question[] = [];
  const waiting: { tell: (answer: WhatIfAnswer) => void; fail: (error: unknown) => void }[] = [];
  const ask = new WhatIfAsk((question) => {
    asked.push(question);
    return new Promise((tell, fail) => waiting.push({ tell, fail }));
  });
  const answer = async (name: string) => {
    waiting.shift()?.tell({ gain: name } as unknown as WhatIfAnswer);
    await time.pass(0);
  };
  const fail = async (error: unknown) => {
    waiting.shift()?.fail(error);
    await time.pass(0);
  };
  return { ask, asked, answer, fail };
}

const pressesOf = (asked: Question[]) => asked.map((one) => one.times.press);

test("a slider that moves on is asked about once, where it rests", async () => {
  const { ask, asked, answer } = server();
  for (const press of [500, 600, 700]) {
    ask.want(times(press));
    await time.pass(100);
  }
  expect(asked).toEqual([]);
  expect(ask.stage.value).toBe("busy");
  await time.pass(200);
  expect(pressesOf(asked)).toEqual([700]);
  await answer("a");
  expect(ask.stage.value).toBe("still");
  expect(ask.answer.value?.gain).toBe("a");
  await time.pass(5_000);
  expect(asked.length).toBe(1);
});

test("one question at a time, and the last one wins", async () => {
  const { ask, asked, answer } = server();
  ask.want(times(500));
  await time.pass(300);
  ask.want(times(600));
  await time.pass(300);
  ask.want(times(700));
  await time.pass(300);
  expect(pressesOf(asked)).toEqual([500]);
  await answer("old");
  expect(ask.answer.value).toBeNull();
  expect(ask.stage.value).toBe("busy");
  expect(pressesOf(asked)).toEqual([500, 700]);
  await answer("new");
  expect(ask.answer.value?.gain).toBe("new");
});

test("going back to the run as it was needs no question, and an answer that comes late is not shown", async () => {
  const { ask, asked, answer } = server();
  ask.want(times(500));
  await time.pass(300);
  ask.want(null);
  expect(ask.stage.value).toBe("still");
  await answer("late");
  expect(ask.answer.value).toBeNull();
  expect(asked.length).toBe(1);
});

test("a failure is told, and the same is asked again when wanted", async () => {
  const { ask, asked, answer, fail } = server();
  ask.want(times(500));
  await time.pass(300);
  await fail(new Error("no line"));
  expect(ask.stage.value).toBe("failed");
  ask.again();
  await time.pass(300);
  expect(pressesOf(asked)).toEqual([500, 500]);
  await answer("a");
  expect(ask.stage.value).toBe("still");
});

test("too many questions are waited for as long as the server says", async () => {
  const { ask, asked, answer, fail } = server();
  ask.want(times(500));
  await time.pass(300);
  const problem = { status: 429, code: "too-much-work", retry_after_ms: 4_000 } as Problem;
  await fail(new Refused(problem));
  expect(ask.stage.value).toBe("waiting");
  await time.pass(3_900);
  expect(asked.length).toBe(1);
  await time.pass(200);
  expect(asked.length).toBe(2);
  await answer("a");
  expect(ask.stage.value).toBe("still");
});

test("what another window's question ended is asked anew, each time a little later", async () => {
  const { ask, asked, answer, fail } = server();
  ask.want(times(500));
  await time.pass(300);
  const problem = { status: 409, code: "superseded", retry_after_ms: 1_000 } as Problem;
  for (const waitMs of [1_000, 2_000, 4_000]) {
    const before = asked.length;
    await fail(new Refused(problem));
    expect(ask.stage.value).toBe("superseded");
    await time.pass(waitMs - 100);
    expect(asked.length).toBe(before);
    await time.pass(200);
    expect(asked.length).toBe(before + 1);
  }
  await answer("a");
  expect(ask.stage.value).toBe("still");
  expect(ask.answer.value?.gain).toBe("a");
  // The next question begins anew.
  ask.want(times(600));
  await time.pass(300);
  await fail(new Refused(problem));
  await time.pass(1_100);
  expect(pressesOf(asked).slice(-2)).toEqual([600, 600]);
});

test("other crowds are asked for at once", async () => {
  const { ask, asked } = server();
  ask.want(times(500, 20));
  await time.pass(0);
  expect(asked).toEqual([times(500, 20)]);
  expect(ask.isChance.value).toBe(true);
  ask.want(times(600));
  expect(ask.isChance.value).toBe(false);
});
