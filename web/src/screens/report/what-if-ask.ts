// Asks what would have come of other times: once the hand rests, one question at a time, and the last one wins.
import { signal } from "@preact/signals";
import { Refused } from "#/api/client";
import type { WhatIfAnswer } from "#/api/types";
import type { Times } from "#/api/what-if";
import { after, type Cancel } from "#/platform/time";

/** Chance is asked for by itself: it takes longer, and only who wants it waits for it. */
export type Question = { times: Times; crowds: number };
/**
 * `waiting`: the server asked to come again later, and we do. `superseded`: another window of the same person asked since,
 * and we ask anew once that is done.
 */
type Stage = "still" | "busy" | "waiting" | "superseded" | "failed";

/** Long enough to move a slider over many stops with one question. */
const REST_MS = 250;
/** Where the server does not say how long to wait. */
const BUSY_MS = 2_000;
/** Windows that end each other's questions leave each other more and more room, up to this. */
const BUSY_MS_MAX = 16_000;

export class WhatIfAsk {
  readonly stage = signal<Stage>("still");
  /** The answer to the question that was asked last; null for the race as it was. */
  readonly answer = signal<WhatIfAnswer | null>(null);
  /** Whether other crowds are being run. */
  readonly isChance = signal(false);
  readonly #ask: (question: Question) => Promise<WhatIfAnswer>;
  #wanted: Question | null = null;
  #asking: Question | null = null;
  #timer: Cancel | null = null;
  /** How often in a row the question that is wanted was sent away. */
  #sentAway = 0;

  constructor(ask: (question: Question) => Promise<WhatIfAnswer>) {
    this.#ask = ask;
  }

  /** Asks for other times; null for the race as it was, which needs no question. */
  want(question: Question | null): void {
    this.#timer?.();
    this.#wanted = question;
    this.#sentAway = 0;
    this.isChance.value = (question?.crowds ?? 0) > 0;
    if (!question) {
      this.answer.value = null;
      this.stage.value = "still";
      return;
    }
    this.stage.value = "busy";
    this.#timer = after(question.crowds > 0 ? 0 : REST_MS, () => void this.#go());
  }

  /** Asks the last question once more. */
  again(): void {
    this.want(this.#wanted);
  }

  /** Nobody looks any longer. */
  close(): void {
    this.want(null);
  }

  async #go(): Promise<void> {
    const question = this.#wanted;
    // The server runs one at a time for each guest: what is under way is waited for, then the last one is asked.
    if (!question || this.#asking) return;
    this.#timer?.();
    this.#asking = question;
    try {
      const answer = await this.#ask(question);
      if (this.#wanted === question) {
        this.answer.value = answer;
        this.stage.value = "still";
      }
    } catch (error) {
      if (this.#wanted === question) this.#fail(error);
    }
    this.#asking = null;
    if (this.#wanted !== question) void this.#go();
  }

  #fail(error: unknown): void {
    const stage = stageAfter(error);
    this.stage.value = stage;
    if (stage === "failed" || !(error instanceof Refused)) return;
    const leastMs = error.problem.retry_after_ms ?? BUSY_MS;
    const waitMs = stage === "superseded" ? leastMs * 2 ** this.#sentAway++ : leastMs;
    this.#timer = after(Math.min(waitMs, Math.max(leastMs, BUSY_MS_MAX)), () => void this.#go());
  }
}

/** What becomes of a question that was refused or lost. */
function stageAfter(error: unknown): Stage {
  if (!(error instanceof Refused)) return "failed";
  const { status, code } = error.problem;
  if (code === "superseded") return "superseded";
  return status === 429 ? "waiting" : "failed";
}
