// The server's time. Every countdown derives from it; nothing else asks the machine for the time of a sale.
import { computed, signal } from "@preact/signals";
import { getClock } from "#/api/client";
import { every, localNow, sleep } from "#/platform/time";
import { onWake } from "#/platform/wake";
import { type Estimate, estimateClock, SAMPLES_MAX, type Sample } from "./clock-estimate";

const samples = signal<readonly Sample[]>([]);
export const clock = computed<Estimate | null>(() => estimateClock(samples.value));

/** Nobody plays over a line this slow: whatever took longer spans a sleep or a fault, and tells nothing. */
const ROUND_MS_MAX = 10_000;

/** When the page last stood still: what was asked before that is no longer an answer about the time. */
let stoodStillAt = 0;

function note(sample: Sample): void {
  const { sentMs, receivedMs } = sample;
  if (sentMs < stoodStillAt || receivedMs - sentMs > ROUND_MS_MAX) return;
  samples.value = [...samples.value, sample].slice(-SAMPLES_MAX);
}

export function serverNow(): number {
  return localNow() + (clock.value?.offsetMs ?? lastOffsetMs);
}

/** A pong carries what a question to the clock would. */
export function notePong(sentMs: number, serverMs: number): void {
  note({ sentMs, serverMs, receivedMs: localNow() });
}

async function ask(): Promise<void> {
  const sentMs = localNow();
  const { now_ms } = await getClock();
  note({ sentMs, serverMs: now_ms, receivedMs: localNow() });
}

const FIRST_QUESTIONS = 6;
const QUESTION_GAP_MS = 120;

export async function syncClock(): Promise<void> {
  const begunAt = stoodStillAt;
  for (let asked = 0; asked < FIRST_QUESTIONS; asked++) {
    // After a sleep another round of questions has begun.
    if (begunAt !== stoodStillAt) return;
    // A question without an answer is no news about the clock; the next one may have better luck.
    await ask().catch(() => undefined);
    await sleep(QUESTION_GAP_MS);
  }
}

/** Until the server has answered again, what it last said is the best word. */
let lastOffsetMs = 0;

// After a sleep the old samples may be wrong by its length: they are dropped, and the server is asked at once.
function forgetSamples(): void {
  lastOffsetMs = clock.value?.offsetMs ?? lastOffsetMs;
  stoodStillAt = localNow();
  samples.value = [];
  void syncClock();
}

const TICK_MS = 100;

/** Server time to the tenth, for what is shown. Reading it in a component redraws it ten times a second. */
export const tenth = signal(Math.floor(localNow() / TICK_MS) * TICK_MS);
/** The same to the second, for what needs no more. */
export const second = computed(() => Math.floor(tenth.value / 1000) * 1000);

function tick(): void {
  tenth.value = Math.floor(serverNow() / TICK_MS) * TICK_MS;
}

export function startTicking(): void {
  every(TICK_MS / 2, tick);
  onWake((lostMs) => {
    if (lostMs > 0) forgetSamples();
    tick();
  });
}
