// What became of a command that was not done: in words, and what it told of the race.
import { Refused } from "#/api/client";
import type { Problem } from "#/api/types";
import { refusalOf } from "#/i18n/refusals";
import { m } from "#/i18n/words";
import { current } from "#/store/current";

export function codeOf(error: unknown): Problem["code"] | "unreachable" {
  return error instanceof Refused ? error.problem.code : "unreachable";
}

/** Also hears what the refusal told about the race, and asks for it where it told nothing. */
export function wordsOf(error: unknown, store = current.value): string {
  if (!(error instanceof Refused)) return m.unanswered();
  const { state } = error.problem;
  if (state) store?.hear(state);
  else void store?.refreshRace().catch(() => undefined);
  if (error.problem.code === "payment-under-way") return m.payment_wait();
  return refusalOf(error, store?.style.seats.seats_max);
}
