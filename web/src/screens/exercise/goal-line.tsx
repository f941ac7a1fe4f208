// The goal of an exercise in one sentence, and the seconds that are left for it.
import { useComputed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Exercise } from "#/api/training-types";
import { EXERCISE_WORDS } from "#/i18n/exercises";
import { formatCount } from "#/i18n/format";
import { m } from "#/i18n/words";
import { tenth } from "#/store/clock";
import type { RaceStore } from "#/store/race";
import { announce } from "#/ui/announcer";

type GoalLineProps = { store: RaceStore; exercise: Exercise; isOver: boolean };

/** Stands where other races have the rail of steps: an exercise has one step. */
export function GoalLine({ store, exercise, isOver }: GoalLineProps) {
  const { goal: goalOf, name } = EXERCISE_WORDS[exercise];
  const goal = goalOf();
  useEffect(() => {
    if (!isOver) announce(goal);
  }, [store]);
  if (isOver) {
    return (
      <div class="rail goal">
        <p>
          {m.exercise_title()} · {name()}
        </p>
      </div>
    );
  }
  return (
    <div class="rail goal">
      <p>{goal}</p>
      <SecondsLeft store={store} />
    </div>
  );
}

const TENSE_MS = 5_000;

function SecondsLeft({ store }: { store: RaceStore }) {
  const [fromMs = 0, untilMs = 0] = store.race.goal_ms ?? [];
  const wholeMs = Math.max(1, untilMs - fromMs);
  const leftMs = useComputed(() => {
    const nowMs = tenth.value - store.state.value.started_at_ms;
    return Math.min(wholeMs, Math.max(0, untilMs - nowMs));
  }).value;
  const { whole, tenth: tenths } = formatCount(leftMs);
  return (
    <>
      <p class="goal-left" data-tense={leftMs <= TENSE_MS || undefined}>
        <span class="hidden">{m.exercise_left()} </span>
        <b role="timer" aria-live="off">
          {whole}
          <small>.{tenths}</small>
        </b>
      </p>
      <span
        class="goal-bar"
        aria-hidden="true"
        style={{ transform: `scaleX(${leftMs / wholeMs})` }}
      />
    </>
  );
}
