// The end of an exercise: the score, beside the runs before it, and the next one at a press.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { getProgress } from "#/api/training";
import type { Exercise, PressParts } from "#/api/training-types";
import { delay, m, number, score as scoreWords } from "#/i18n/words";
import { sleep } from "#/platform/time";
import { insist } from "#/platform/wake";
import { racePath } from "#/store/address";
import { type Score, scoreOf } from "#/store/exercises";
import type { RaceStore } from "#/store/race";
import { goTo } from "#/store/route";
import { Button } from "#/ui/button";
import { Cluster } from "#/ui/cluster";
import { StepHeading } from "#/ui/heading";
import { Stage } from "#/ui/stage";
import { isStarting } from "../home/start";
import { StartTrouble } from "../home/start-trouble";
import { Waiting } from "../waiting";
import { LastTen } from "./last-ten";
import { originOfExercise, startExercise } from "./start";
import "./training.css";

/** The server lists a run a moment after it is over, and hears of its press a moment after that. */
const ASK_AGAIN_MS = 400;
const TRIES_MAX = 8;

const isWhole = ({ tookMs, press }: Score) =>
  tookMs === null || press === null || press.reaction_ms !== null;

function useScore(store: RaceStore): Score | null {
  const score = useSignal<Score | null>(null);
  useEffect(() => {
    let isHere = true;
    let tries = 0;
    const ask = async (): Promise<void> => {
      const told = await insist(getProgress, () => isHere);
      const found = told && scoreOf(told, store.id);
      if (!isHere) return;
      const isLast = ++tries >= TRIES_MAX;
      if (found && (isLast || isWhole(found))) {
        score.value = found;
        return;
      }
      await sleep(ASK_AGAIN_MS);
      if (isHere) await ask();
    };
    void ask();
    return () => {
      isHere = false;
    };
  }, [store]);
  return score.value;
}

export function ExerciseResult({ store, exercise }: { store: RaceStore; exercise: Exercise }) {
  const score = useScore(store);
  if (!score) return <Waiting label={m.loading()} what={m.exercise_waiting()} />;
  const { tookMs } = score;
  const isReached = tookMs !== null;
  return (
    <Stage
      class={isReached ? "done done-won exercise-end" : "done exercise-end"}
      go={<Onward store={store} exercise={exercise} />}
    >
      <Cluster filled={isReached ? 1 : 0} size={40} />
      <StepHeading>{titleOf(exercise, tookMs)}</StepHeading>
      <p class="soft">{wordsOfScore(score, store)}</p>
      {score.bestMs !== null && (
        <div class="exercise-cards">
          <Figures score={score} />
          {isReached && score.press && <Parts parts={score.press} />}
        </div>
      )}
    </Stage>
  );
}

function titleOf(exercise: Exercise, tookMs: number | null): string {
  if (tookMs === null) return m.exercise_missed();
  const took = { span: scoreWords(tookMs) };
  return exercise === "press" ? m.exercise_pressed(took) : m.exercise_done(took);
}

function wordsOfScore({ tookMs, bestMs, isRecord, isFirst }: Score, store: RaceStore): string {
  const { you } = store.state.value;
  if (tookMs === null) {
    const hasLeft = you.kind === "gone" && you.cause === "left";
    return hasLeft ? m.exercise_left_text() : m.exercise_missed_text();
  }
  if (isFirst) return m.exercise_first();
  const behindMs = tookMs - (bestMs ?? tookMs);
  return isRecord || behindMs <= 0
    ? m.exercise_record()
    : m.exercise_behind({ span: scoreWords(behindMs) });
}

function Figures({ score }: { score: Score }) {
  const { tookMs, bestMs, usualMs, last, isRecord } = score;
  const figures: [name: string, ms: number | null, isThis: boolean][] = [
    [m.exercise_this(), tookMs, true],
    [m.exercise_best(), bestMs, false],
    [m.exercise_usual(), usualMs, false],
  ];
  return (
    <section class="card exercise-figures">
      <dl>
        {figures.map(([name, ms, isThis]) => (
          <div key={name} data-best={(isThis && isRecord) || undefined}>
            <dt>{name}</dt>
            <dd>{ms === null ? "–" : scoreWords(ms)}</dd>
          </div>
        ))}
      </dl>
      <h2>{m.exercise_last({ count: number(last.length) })}</h2>
      <LastTen size="large" usualMs={usualMs} times={last.map(({ took_ms }) => took_ms)} />
      <p class="soft small">{m.exercise_old_new()}</p>
    </section>
  );
}

/** What the time from the opening is made of: what one can train, what one cannot, and how sure it is. */
function Parts({ parts }: { parts: PressParts }) {
  const rows: [name: string, text: string, value: string | null][] = [
    [m.exercise_reaction(), m.exercise_reaction_text(), told(parts.reaction_ms, scoreWords)],
    [m.exercise_network(), m.exercise_network_text(), told(parts.network_ms, delay)],
    [m.exercise_error(), m.exercise_error_text(), told(parts.error_ms, (ms) => `±${delay(ms)}`)],
  ];
  const { reaction_ms: reaction, network_ms: network } = parts;
  return (
    <section class="card exercise-parts">
      <h2>{m.exercise_parts()}</h2>
      {reaction !== null && network !== null && (
        <span class="exercise-bar" aria-hidden="true">
          <span style={{ flexGrow: Math.max(1, reaction) }} />
          <span data-part="network" style={{ flexGrow: Math.max(1, network) }} />
        </span>
      )}
      <dl>
        {rows.map(([name, text, value]) => (
          <div key={name}>
            <dt>
              {name} <small class="soft">{text}</small>
            </dt>
            <dd>{value ?? "–"}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const told = (ms: number | null, say: (ms: number) => string) => (ms === null ? null : say(ms));

function Onward({ store, exercise }: { store: RaceStore; exercise: Exercise }) {
  const isBusy = isStarting.value;
  const from = originOfExercise();
  return (
    <div class="done-go">
      <Button
        look="primary"
        size="large"
        wide
        final
        unready={isBusy}
        onPress={() => void startExercise(exercise, store.style.name)}
      >
        {isBusy ? m.again_busy() : m.exercise_again()}
      </Button>
      <div class="exercise-ways">
        <Button wide final onPress={() => goTo(from ? racePath(from, "report") : "/")}>
          {from ? m.exercise_back() : m.missing_home()}
        </Button>
        <Button wide final look="quiet" onPress={() => goTo("/progress")}>
          {m.progress_link()}
        </Button>
      </div>
      <StartTrouble />
    </div>
  );
}
