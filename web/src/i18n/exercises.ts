// The words of each exercise.
import type { Exercise } from "#/api/training-types";
import { m } from "#/paraglide/messages";

type ExerciseWords = { name: () => string; goal: () => string };

export const EXERCISE_WORDS: Record<Exercise, ExerciseWords> = {
  press: { name: m.exercise_press, goal: m.exercise_press_goal },
  captcha: { name: m.exercise_captcha, goal: m.exercise_captcha_goal },
  section: { name: m.exercise_section, goal: m.exercise_section_goal },
  seats: { name: m.exercise_seats, goal: m.exercise_seats_goal },
  conflict: { name: m.exercise_conflict, goal: m.exercise_conflict_goal },
  pay: { name: m.exercise_pay, goal: m.exercise_pay_goal },
};
