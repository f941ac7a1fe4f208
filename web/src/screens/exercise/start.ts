// Begins an exercise of twenty seconds, from wherever one is.
import { newExercise } from "#/api/training";
import type { Exercise } from "#/api/training-types";
import { forgetHere, recallHere, rememberHere } from "#/platform/storage";
import { current } from "#/store/current";
import { originOf } from "#/store/exercises";
import { route } from "#/store/route";
import { begin } from "../home/start";
import { mapPart, racePart, trainingPart } from "../parts";

const ORIGIN = "exercise-from";

/** The race whose report led to the exercise on the screen; null if it came from elsewhere. */
export const originOfExercise = () => recallHere(ORIGIN);

/** Sets an exercise up and goes to its step; without a style the server chooses one. */
export async function startExercise(exercise: Exercise, style?: string): Promise<void> {
  const from = originOf(route.value, current.value?.race.exercise != null, originOfExercise());
  await begin(async () => {
    // Its seconds run from the first: all that shows it is here before it is asked for.
    await Promise.all([racePart, mapPart, trainingPart].map((part) => part.fetch()));
    const view = await newExercise(exercise, style);
    if (from) rememberHere(ORIGIN, from);
    else forgetHere(ORIGIN);
    return view;
  });
}
