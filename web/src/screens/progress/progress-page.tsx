// Best and usual times of each step, by hall, demand and style, and of each exercise.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { getProgress } from "#/api/training";
import type { ExerciseProgress, HallProgress, Progress, StepProgress } from "#/api/training-types";
import { formatDay } from "#/i18n/days";
import { EXERCISE_WORDS } from "#/i18n/exercises";
import { STEP_KEY_WORDS } from "#/i18n/report";
import { m, number, score, title } from "#/i18n/words";
import { insist } from "#/platform/wake";
import { catalogue, loadCatalogue } from "#/store/library";
import { goTo } from "#/store/route";
import { language } from "#/store/settings";
import { Button } from "#/ui/button";
import { Cluster } from "#/ui/cluster";
import { StepHeading } from "#/ui/heading";
import { LastTen } from "../exercise/last-ten";
import { startExercise } from "../exercise/start";
import { LanguageSelect } from "../frame/language-select";
import { isStarting } from "../home/start";
import { StartTrouble } from "../home/start-trouble";
import { Waiting } from "../waiting";
import "../exercise/training.css";

export function ProgressPage() {
  const progress = useSignal<Progress | null>(null);
  useEffect(() => {
    let isHere = true;
    void loadCatalogue();
    void insist(getProgress, () => isHere).then((told) => {
      if (told) progress.value = told;
    });
    return () => {
      isHere = false;
    };
  }, []);
  return (
    <>
      <header class="home-bar">
        <a class="home-mark progress-home" href="/" onClick={goHome}>
          <Cluster size={26} />
          {m.brand()}
          <span class="hidden">{m.missing_home()}</span>
        </a>
        <LanguageSelect />
      </header>
      <main class="main progress" id="main">
        {progress.value ? (
          <Times progress={progress.value} />
        ) : (
          <Waiting label={m.loading()} what={m.exercise_waiting()} />
        )}
      </main>
    </>
  );
}

function goHome(event: Event): void {
  event.preventDefault();
  goTo("/");
}

function Times({ progress }: { progress: Progress }) {
  const { halls, exercises } = progress;
  return (
    <>
      <div class="progress-head">
        <StepHeading>{m.progress_title()}</StepHeading>
        <p class="soft">{m.progress_line()}</p>
      </div>
      <StartTrouble />
      <section class="home-part">
        <h2>{m.progress_halls()}</h2>
        {halls.length === 0 && <Empty />}
        {halls.map((hall) => (
          <Hall key={`${hall.plan}.${hall.demand}.${hall.rivals}.${hall.style}`} hall={hall} />
        ))}
        {halls.length > 0 && <p class="soft small">{m.progress_seed()}</p>}
      </section>
      {exercises.length > 0 && (
        <section class="home-part">
          <h2>{m.exercise_title()}</h2>
          <ul class="times">
            {exercises.map((one) => (
              <PractisedExercise key={`${one.exercise}.${one.style}`} progress={one} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Nothing is kept yet: the seats of the mark are empty, and the way to fill them is here. */
function Empty() {
  return (
    <div class="card progress-empty">
      <Cluster filled={0} size={48} />
      <p>
        <b>{m.progress_empty()}</b>
      </p>
      <p class="soft">{m.progress_empty_text()}</p>
      <Button final onPress={() => goTo("/")}>
        {m.missing_home()}
      </Button>
    </div>
  );
}

type Named = { name: string; title: Parameters<typeof title>[0] };

/** What the catalogue calls it; nothing if it does not know it any more. */
function called(all: readonly Named[] | undefined, name: string): string[] {
  const found = all?.find((one) => one.name === name);
  return found ? [title(found.title)] : [];
}

/** A step at which nobody waited says nothing: an entrance without a queue, a seat that was held at the click. */
const LASTS_MS_MIN = 5;
const lasts = ({ usual_ms }: StepProgress) => usual_ms >= LASTS_MS_MIN;

function Hall({ hall }: { hall: HallProgress }) {
  const known = catalogue.value;
  const kind = [
    ...called(known?.demands, hall.demand),
    m.home_rivals({ count: number(hall.rivals) }),
    ...called(known?.styles, hall.style),
  ];
  return (
    <article class="card progress-hall">
      <h3>{title(hall.title)}</h3>
      <p class="soft small">
        {[...kind, m.progress_runs({ runs: number(hall.runs), paid: number(hall.paid) })].join(
          " · ",
        )}
      </p>
      <ul class="times">
        {hall.steps.filter(lasts).map(({ key, best_ms, best_at_ms, usual_ms, last }) => (
          <Time
            key={key}
            name={STEP_KEY_WORDS[key]()}
            bestMs={best_ms}
            bestAtMs={best_at_ms}
            usualMs={usual_ms}
            last={last}
          />
        ))}
      </ul>
    </article>
  );
}

function PractisedExercise({ progress }: { progress: ExerciseProgress }) {
  const { exercise, style, best_ms, best_at_ms, usual_ms, last } = progress;
  return (
    <Time
      name={EXERCISE_WORDS[exercise].name()}
      kind={called(catalogue.value?.styles, style)[0] ?? ""}
      bestMs={best_ms}
      bestAtMs={best_at_ms}
      usualMs={usual_ms}
      last={last}
    >
      <Button final unready={isStarting.value} onPress={() => void startExercise(exercise, style)}>
        {m.progress_try()}
      </Button>
    </Time>
  );
}

type TimeProps = {
  name: string;
  kind?: string;
  bestMs: number | null;
  bestAtMs: number | null;
  usualMs: number | null;
  /** The newest first. */
  last: readonly { took_ms: number | null; at_ms: number }[];
  children?: preact.ComponentChildren;
};

function Time({ name, kind, bestMs, bestAtMs, usualMs, last, children }: TimeProps) {
  return (
    <li class="time">
      <p class="time-name">
        <b>{name}</b>
        {kind && <span class="soft small">{kind}</span>}
        <span class="soft small">
          {m.exercise_usual()} {usualMs === null ? "–" : score(usualMs)}
        </span>
      </p>
      <p class="time-best">
        <b>{bestMs === null ? "–" : score(bestMs)}</b>
        <span class="soft small">
          {m.exercise_best()}
          {bestAtMs !== null && ` · ${formatDay(language.value, bestAtMs)}`}
        </span>
      </p>
      <LastTen usualMs={usualMs} times={last.map(({ took_ms }) => took_ms).reverse()} />
      <Days atMs={last.map(({ at_ms }) => at_ms).reverse()} />
      {children}
    </li>
  );
}

/** From when to when the last times are, the oldest first. */
function Days({ atMs }: { atMs: readonly number[] }) {
  const [first, newest] = [atMs[0], atMs.at(-1)].map((ms) =>
    ms === undefined ? "" : formatDay(language.value, ms),
  );
  return <p class="time-days small soft">{first === newest ? newest : `${first} – ${newest}`}</p>;
}
