// The six exercises as a row, one press each: on the first page, and where one's times are.
import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { getProgress } from "#/api/training";
import type { Exercise, Progress } from "#/api/training-types";
import { EXERCISE_WORDS } from "#/i18n/exercises";
import { m, score, title } from "#/i18n/words";
import { recall, remember } from "#/platform/storage";
import { insist } from "#/platform/wake";
import { bestOf, EXERCISES, lastStyle } from "#/store/exercises";
import { catalogue } from "#/store/library";
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
      if (!told) return;
      progress.value = told;
      remember(KEY, lastStyle(told) ?? "");
    });
    return () => {
      isHere = false;
    };
  }, []);
  const last = progress.value && lastStyle(progress.value);
  const style = styleNow(last);
  return (
    <>
      <div class="home-head">
        <h2>{m.exercise_title()}</h2>
        <StyleSelect style={style} onPick={(one) => choose(one, last)} />
      </div>
      <p class="soft small">{m.exercise_line()}</p>
      <ul class="exercises">
        {EXERCISES.map((exercise) => (
          <li key={exercise}>
            <ExerciseButton
              exercise={exercise}
              style={style}
              bestMs={bestOf(progress.value, exercise, style)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** The style that was chosen here, for as long as none was raced since: then that one is meant again. */
const chosen = signal<{ style: string; last: string | null } | null>(null);

function choose(style: string, last: string | null): void {
  chosen.value = { style, last };
}

/** What was raced last is kept in this browser too: it is right before the server has told it. */
const KEY = "last-style";

/** Null before anything is known: then the server chooses. */
function styleNow(last: string | null): string | null {
  const raced = last ?? recall(KEY);
  const { value } = chosen;
  if (value && (last === null || value.last === null || value.last === last)) return value.style;
  const known = catalogue.value?.styles;
  if (!known) return raced;
  return known.find(({ name }) => name === raced)?.name ?? known[0]?.name ?? null;
}

type StyleSelectProps = { style: string | null; onPick: (style: string) => void };

/** With one style there is nothing to choose. Its room is there before the styles are known. */
function StyleSelect({ style, onPick }: StyleSelectProps) {
  const styles = catalogue.value?.styles ?? [];
  if (styles.length < 2) return <span class="select" />;
  return (
    <select
      class="select"
      aria-label={m.home_style()}
      value={style ?? ""}
      onChange={({ currentTarget }) => onPick(currentTarget.value)}
    >
      {styles.map(({ name, title: words }) => (
        <option key={name} value={name}>
          {title(words)}
        </option>
      ))}
    </select>
  );
}

type ExerciseButtonProps = { exercise: Exercise; style: string | null; bestMs: number | null };

function ExerciseButton({ exercise, style, bestMs }: ExerciseButtonProps) {
  return (
    <button
      ref={takesNoPressYet}
      type="button"
      class="exercise"
      aria-disabled={isStarting.value || undefined}
      onClick={() => void startExercise(exercise, style ?? undefined)}
    >
      <ExerciseSign exercise={exercise} />
      <b>{EXERCISE_WORDS[exercise].name()}</b>
      <span class="soft small">
        {bestMs === null ? m.exercise_none() : `${m.exercise_best()} ${score(bestMs)}`}
      </span>
    </button>
  );
}
