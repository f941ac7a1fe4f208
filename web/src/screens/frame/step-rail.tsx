// The rail of steps: where one is, what lies behind and what comes.
import { STEP_WORDS } from "#/i18n/steps";
import { m } from "#/i18n/words";
import { current } from "#/store/current";
import { type Step, stepsAhead } from "#/store/steps";
import { TimeLeft } from "./time-left";

/** A row of seats, one a step: filled behind, ringed here, hollow ahead. */
export function StepRail({ step }: { step: Step }) {
  const store = current.value;
  if (!store) return null;
  const style = store.style;
  const steps: Step[] = ["lobby", ...stepsAhead(style), "done"];
  const here = step === "report" ? steps.length - 1 : steps.indexOf(step);
  return (
    <nav class="rail" aria-label={m.steps_label()}>
      <ol>
        {steps.map((one, index) => (
          <li
            key={one}
            data-state={index < here ? "behind" : index === here ? "here" : "ahead"}
            aria-current={index === here ? "step" : undefined}
          >
            <span class="rail-seat" />
            <span class="rail-name">
              {STEP_WORDS[step === "report" && one === "done" ? "report" : one]()}
            </span>
          </li>
        ))}
      </ol>
      {store.inside.value ? (
        <TimeLeft store={store} />
      ) : (
        <span class="rail-count" aria-hidden="true">
          {here + 1}/{steps.length}
        </span>
      )}
    </nav>
  );
}
