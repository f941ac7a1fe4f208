// Sets up a practice race that is like the opening of a performance.
import { LARGE, post } from "./client";
import type { RaceView } from "./types";

export const rehearse = (performance: string) =>
  post<RaceView>(
    `/api/performances/${encodeURIComponent(performance)}/rehearse`,
    {},
    { policy: LARGE },
  );
