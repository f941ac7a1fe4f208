// One press from the report into an exercise of twenty seconds.
import type { Exercise } from "#/api/training-types";
import type { Fault, Report, StepKey } from "#/api/types";
import { m } from "#/i18n/words";
import { exercisesOf } from "#/store/lesson";
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

type TrainProps = {
  report: Report;
  steps: readonly StepKey[];
  fault?: Fault;
  /** How the first of them looks. */
  look?: "primary" | "plain";
};

/** The exercises of the steps, in the style of the race; nothing for steps that have none. */
export function Train({ report, steps, fault, look = "plain" }: TrainProps) {
  const exercises = exercisesOf(steps, fault);
  if (exercises.length === 0) return null;
  return (
    <div class="train">
      {exercises.map((exercise, at) => (
        <TrainButton
          key={exercise}
          look={at === 0 ? look : "plain"}
          exercise={exercise}
          style={report.race.style}
        />
      ))}
    </div>
  );
}

type TrainButtonProps = { exercise: Exercise; style: string | null; look?: "primary" | "plain" };

/** One exercise, in the style of the race that it is from. */
export function TrainButton({ exercise, style, look = "plain" }: TrainButtonProps) {
  return (
    <Button
      look={look}
      final
      unready={isStarting.value}
      onPress={() => void startExercise(exercise, style ?? undefined)}
    >
      {TRAIN_WORDS[exercise]()}
    </Button>
  );
}
