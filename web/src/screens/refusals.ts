// What a refusal says to the visitor where a screen has no words of its own for it.
import { Refused } from "#/api/client";
import type { Problem } from "#/api/types";
import { m } from "#/i18n/words";
import { current } from "#/store/current";

export function codeOf(error: unknown): Problem["code"] | "unreachable" {
  return error instanceof Refused ? error.problem.code : "unreachable";
}

/** Also hears what the refusal told about the race, and asks for it where it told nothing. */
export function wordsOf(error: unknown, store = current.value): string {
  if (!(error instanceof Refused)) return m.unanswered();
  const { code, state } = error.problem;
  if (state) store?.hear(state);
  else void store?.refreshRace().catch(() => undefined);
  switch (code) {
    case "client-outdated":
      return m.refused_outdated();
    case "sale-paused":
      return m.refused_paused();
    case "too-many-requests":
    case "too-many-commands":
    case "overloaded":
      return m.refused_busy();
    case "pass-invalid":
    case "not-inside":
      return m.refused_pass();
    case "too-many-seats":
    case "limit-reached":
      return m.refused_limit({ count: store?.style.seats.seats_max ?? 0 });
    default:
      return m.refused_other();
  }
}
