// Starts an exercise at one tap.
import type { Exercise } from "#/api/types";
import { start } from "../home/start";

/** Sets an exercise up in a style and goes to its step. */
export async function startExercise(_exercise: Exercise, _style: string): Promise<void> {
  await start({ scenario: "first-time" });
}
