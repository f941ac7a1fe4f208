// Lets race time jump ahead where one is alone.
import { post } from "./client";
import type { RaceView } from "./types";

/** To ten seconds before the opening, or to three before one's turn or before seats come back. */
export type ForwardTo = "opening" | "turn" | "returns";

export const forward = (id: string, to: ForwardTo) =>
  post<RaceView>(`/api/races/${id}/forward`, { to });
