// What stays around every step of a race: the clock, where one is, sound, language, the way out.
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { m } from "#/i18n/words";
import { wallClock } from "#/platform/time";
import { clock, tenth } from "#/store/clock";
import { askToLeave, current } from "#/store/current";
import type { RaceStore } from "#/store/race";
import { sound, toggleSound } from "#/store/settings";
import type { Step } from "#/store/steps";
import { IconButton } from "#/ui/button";
import { Cluster } from "#/ui/cluster";
import { Toast } from "#/ui/toast";
import { trainingPart } from "../parts";
import { LanguageSelect } from "./language-select";
import "./frame.css";
import { LinkLine } from "./link-line";
import { LossNote } from "./loss-note";
import { leave } from "./questions";
import { ShiftNote } from "./shift-note";
import { StepRail } from "./step-rail";

function ServerClock() {
  const shown = wallClock(tenth.value);
  return (
    <p class="frame-clock" data-unsure={clock.value ? undefined : true}>
      <span class="hidden">{m.server_time()} </span>
      <span role="timer" aria-live="off">
        {shown.time}
        <small>.{shown.tenth}</small>
      </span>
    </p>
  );
}

/** A race that is over has nothing beside its rail, whatever it was. */
const isOver = (step: Step) => step === "done" || step === "report";

/** Where one is, and what helps there: the goal of an exercise, or a hint or the ghost beside the steps. */
function Guide({ store, step }: { store: RaceStore; step: Step }) {
  const training = trainingPart.found.value;
  const { exercise } = store.race;
  // In the first race a line that came in the middle of a step would move what one is about to press.
  const wasThere = useMemo(() => trainingPart.found.peek() !== null, [store, step]);
  if (training && exercise) {
    return <training.GoalLine store={store} exercise={exercise} isOver={isOver(step)} />;
  }
  if (!training || isOver(step)) return <StepRail step={step} />;
  return (
    <>
      <StepRail step={step} />
      {wasThere && <training.HintLine store={store} step={step} />}
      <training.GhostLine store={store} step={step} />
    </>
  );
}

/** An exercise is short and costs nothing: whoever leaves it is not asked again. */
function goOut(store: RaceStore | null): void {
  if (store?.race.exercise && store.inside.value) void leave(store, "report");
  else askToLeave("report");
}

export function Frame({ step, children }: { step: Step; children: ComponentChildren }) {
  const store = current.value;
  return (
    <>
      <header class="frame">
        <div class="frame-bar">
          <span class="frame-mark">
            <Cluster size={20} />
            <span class="frame-name">{m.brand()}</span>
          </span>
          <ServerClock />
          <div class="frame-tools">
            <IconButton
              icon={sound.value ? "sound" : "mute"}
              label={sound.value ? m.sound_off() : m.sound_on()}
              pressed={sound.value}
              onPress={toggleSound}
            />
            <LanguageSelect />
            <IconButton icon="leave" label={m.leave()} onPress={() => goOut(store)} />
          </div>
        </div>
        {store && <Guide store={store} step={step} />}
        <LinkLine />
      </header>
      {/* A press on what takes no focus leaves it here, not on the page's body. */}
      <main class="main" id="main" data-step={step} tabIndex={-1}>
        <LossNote />
        <ShiftNote />
        {children}
      </main>
      <Toast words={store?.toast.words.value ?? null} />
    </>
  );
}
