// The server's time. Every countdown derives from it; nothing else asks the machine for the time of a sale.
import { computed, signal } from "@preact/signals";
import { getClock } from "#/api/client";
import { every, localNow, sleep } from "#/platform/time";
import { type Estimate, estimateClock, SAMPLES_MAX, type Sample } from "./clock-estimate";

const samples = signal<readonly Sample[]>([]);
export const clock = computed<Estimate | null>(() => estimateClock(samples.value));

function note(sample: Sample): void {
  samples.value = [...samples.value, sample].slice(-SAMPLES_MAX);
}

export function serverNow(): number {
  return localNow() + (clock.value?.offsetMs ?? 0);
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
  for (let asked = 0; asked < FIRST_QUESTIONS; asked++) {
    // A question without an answer is no news about the clock; the next one may have better luck.
    await ask().catch(() => undefined);
    await sleep(QUESTION_GAP_MS);
  }
}

const TICK_MS = 100;

/** Server time to the tenth, for what is shown. Reading it in a component redraws it ten times a second. */
export const tenth = signal(Math.floor(localNow() / TICK_MS) * TICK_MS);
/** The same to the second, for what needs no more. */
export const second = computed(() => Math.floor(tenth.value / 1000) * 1000);

export function startTicking(): void {
  every(TICK_MS / 2, () => {
    tenth.value = Math.floor(serverNow() / TICK_MS) * TICK_MS;
  });
}
