// When a state of a race was true. Pure.
import type { RaceState } from "#/api/types";

/** By the server's clock, in Unix milliseconds: race time alone may stand still or jump. */
export const momentOf = ({ started_at_ms, now_ms }: RaceState) => started_at_ms + now_ms;
