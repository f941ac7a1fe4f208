// The six exercises as a row, one press each: on the first page, and where one's times are.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { getProgress } from "#/api/training";
import type { Exercise, Progress } from "#/api/training-types";
import { EXERCISE_WORDS } from "#/i18n/exercises";
import { m, score } from "#/i18n/words";
import { insist } from "#/platform/wake";
import { bestOf, EXERCISES } from "#/store/exercises";
import { takesNoPressYet } from "#/ui/press";
import { isStarting } from "../home/start";
import { ExerciseSign } from "./signs";
import { startExercise } from "./start";
import "./training.css";

/** With one's best times, once they are known; their place is there from the first. */
export function ExerciseRow() {
  const progress = useSignal<Progress | null>(null);
  useEffect(() => {
    let isHere = true;
    void insist(getProgress, () => isHere).then((told) => {
      if (told) progress.value = told;
    });
    return () => {
      isHere = false;
    };
  }, []);
  return (
    <>
      <h2>{m.exercise_title()}</h2>
      <p class="soft small">{m.exercise_line()}</p>
      <ul class="exercises">
        {EXERCISES.map((exercise) => (
          <li key={exercise}>
            <ExerciseButton exercise={exercise} bestMs={bestOf(progress.value, exercise)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function ExerciseButton({ exercise, bestMs }: { exercise: Exercise; bestMs: number | null }) {
  return (
    <button
      ref={takesNoPressYet}
      type="button"
      class="exercise"
      aria-disabled={isStarting.value || undefined}
      onClick={() => void startExercise(exercise)}
    >
      <ExerciseSign exercise={exercise} />
      <b>{EXERCISE_WORDS[exercise].name()}</b>
      <span class="soft small">
        {bestMs === null ? m.exercise_none() : `${m.exercise_best()} ${score(bestMs)}`}
      </span>
    </button>
  );
}
