// A slider over the times of one step, with one's own time and the rivals' median marked.
import { useId } from "preact/hooks";
import type { Changeable } from "#/api/what-if";
import { m, span } from "#/i18n/words";
import { type Range, startOf } from "./slider-range";

const STEP_WORDS: Record<Changeable, () => string> = {
  press: m.whatif_step_press,
  captcha: m.whatif_step_captcha,
  "first-seat": m.whatif_step_seat,
  paid: m.whatif_step_paid,
};

type SliderProps = { range: Range; at: number; onMove: (at: number) => void };

export function Slider({ range, at, onMove }: SliderProps) {
  const id = useId();
  const { step, stops, own, median } = range;
  const last = stops.length - 1;
  const shown = span(stops[at] ?? 0);
  const move = (target: HTMLInputElement) => onMove(target.valueAsNumber);
  return (
    <div class="slider" data-moved={at !== startOf(range) || undefined}>
      <p class="slider-head">
        <label for={id}>{STEP_WORDS[step]()}</label>
        <output for={id}>{shown}</output>
      </p>
      <div class="slider-track">
        <input
          id={id}
          type="range"
          min={0}
          max={last}
          step={1}
          value={at}
          aria-valuetext={[shown, besideOwn(range, at)].filter(Boolean).join(", ")}
          onInput={({ currentTarget }) => move(currentTarget)}
        />
        {median !== null && <Tick kind="median" share={median / last} />}
        {own !== null && <Tick kind="own" share={own / last} />}
      </div>
      <p class="slider-key small soft">
        <span data-kind={own === null ? undefined : "own"}>
          {own === null ? m.whatif_own_none() : m.whatif_own({ span: span(stops[own] ?? 0) })}
        </span>
        {median !== null && (
          <span data-kind="median">{m.whatif_median({ span: span(stops[median] ?? 0) })}</span>
        )}
      </p>
    </div>
  );
}

function Tick({ kind, share }: { kind: "own" | "median"; share: number }) {
  return (
    <span
      class="slider-tick"
      data-kind={kind}
      style={{ "--share": String(share) }}
      aria-hidden="true"
    />
  );
}

/** How far the time is from one's own, in words; empty without a time of one's own. */
function besideOwn({ stops, own }: Range, at: number): string {
  if (own === null) return "";
  const beyond = (stops[at] ?? 0) - (stops[own] ?? 0);
  if (beyond === 0) return m.whatif_as_was();
  return beyond < 0
    ? m.whatif_quicker({ span: span(-beyond) })
    : m.whatif_slower({ span: span(beyond) });
}
