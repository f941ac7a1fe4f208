// One press from the report into an exercise of twenty seconds.
import type { Exercise } from "#/api/training-types";
import type { Report, StepKey } from "#/api/types";
import { m } from "#/i18n/words";
import { exerciseOf } from "#/store/lesson";
import { Button } from "#/ui/button";
import { startExercise } from "../exercise/start";
import { isStarting } from "../home/start";

const TRAIN_WORDS: Record<Exercise, () => string> = {
  press: m.train_press,
  captcha: m.train_captcha,
  section: m.train_section,
  seats: m.train_seats,
  conflict: m.train_conflict,
  pay: m.train_pay,
};

type TrainProps = { report: Report; step: StepKey | null; look?: "primary" | "plain" };

/** The exercise of a step, in the style of the race; nothing for a step that has none. */
export function Train({ report, step, look = "plain" }: TrainProps) {
  const exercise = exerciseOf(step);
  if (!exercise) return null;
  return (
    <Button
      look={look}
      final
      unready={isStarting.value}
      onPress={() => void startExercise(exercise, report.race.style)}
    >
      {TRAIN_WORDS[exercise]()}
    </Button>
  );
}
