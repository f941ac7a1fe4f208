// The server's endpoints for exercises and for one's progress.
import { get, LARGE, post } from "./client";
import type { Exercise, Progress } from "./training-types";
import type { RaceView } from "./types";

/** Without a style the server chooses one. */
export const newExercise = (exercise: Exercise, style?: string) =>
  post<RaceView>("/api/exercises", style ? { exercise, style } : { exercise }, { policy: LARGE });
export const getProgress = () => get<Progress>("/api/progress", LARGE);
