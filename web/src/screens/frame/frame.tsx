// What stays around every step of a race: the clock, where one is, sound, language, the way out.
import type { ComponentChildren } from "preact";
import { m } from "#/i18n/words";
import { wallClock } from "#/platform/time";
import { clock, tenth } from "#/store/clock";
import { askToLeave, current } from "#/store/current";
import { sound, toggleSound } from "#/store/settings";
import type { Step } from "#/store/steps";
import { IconButton } from "#/ui/button";
import { Cluster } from "#/ui/cluster";
import { Toast } from "#/ui/toast";
import { LanguageSelect } from "./language-select";
import "./frame.css";
import { LinkLine } from "./link-line";
import { LossNote } from "./loss-note";
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

export function Frame({ step, children }: { step: Step; children: ComponentChildren }) {
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
            <IconButton icon="leave" label={m.leave()} onPress={() => askToLeave("report")} />
          </div>
        </div>
        <StepRail step={step} />
        <LinkLine />
      </header>
      {/* A press on what takes no focus leaves it here, not on the page's body. */}
      <main class="main" id="main" data-step={step} tabIndex={-1}>
        <LossNote />
        <ShiftNote />
        {children}
      </main>
      <Toast words={current.value?.toast.words.value ?? null} />
    </>
  );
}
