// Lets race time jump ahead where one is alone.
import { post } from "./client";
import type { RaceView } from "./types";

/** To ten seconds before the opening. */
export const forwardToOpening = (id: string) =>
  post<RaceView>(`/api/races/${id}/forward`, { to: "opening" });
