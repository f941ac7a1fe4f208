// Begins an exercise of twenty seconds, from wherever one is.
import { newExercise } from "#/api/training";
import type { Exercise } from "#/api/training-types";
import { forgetHere, recallHere, rememberHere } from "#/platform/storage";
import { sleep } from "#/platform/time";
import { current } from "#/store/current";
import { originOf } from "#/store/exercises";
import { loadPlan } from "#/store/library";
import { route } from "#/store/route";
import { begin } from "../home/start";
import { mapPart, racePart, trainingPart } from "../parts";

const ORIGIN = "exercise-from";
const HALL_MS_MAX = 2_000;

/** The race whose report led to the exercise on the screen; null if it came from elsewhere. */
export const originOfExercise = () => recallHere(ORIGIN);

/** Sets an exercise up and goes to its step; without a style the server chooses one. */
export async function startExercise(exercise: Exercise, style?: string): Promise<void> {
  const from = originOf(route.value, current.value?.race.exercise != null, originOfExercise());
  await begin(async () => {
    // Its seconds run from the first: all that shows it is here before it is asked for.
    await Promise.all([racePart, mapPart, trainingPart].map((part) => part.fetch()));
    const view = await newExercise(exercise, style);
    // The first time the hall comes now: what is shown then is whole. What lasts longer is waited for on its screen.
    const hall = loadPlan(view.race.plan_address).catch(() => undefined);
    await Promise.race([hall, sleep(HALL_MS_MAX)]);
    if (from) rememberHere(ORIGIN, from);
    else forgetHere(ORIGIN);
    return view;
  });
}
