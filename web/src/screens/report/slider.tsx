// A slider over the times of one step, with one's own time and the rivals' median marked.
import { useId } from "preact/hooks";
import type { Changeable } from "#/api/what-if";
import { m, span } from "#/i18n/words";
import type { Range } from "./slider-range";

const STEP_WORDS: Record<Changeable, () => string> = {
  press: m.whatif_step_press,
  captcha: m.whatif_step_captcha,
  "first-seat": m.whatif_step_seat,
  paid: m.whatif_step_paid,
};

type SliderProps = { range: Range; at: number; onMove: (at: number) => void };

export function Slider({ range, at, onMove }: SliderProps) {
  const id = useId();
  const { step, stops, start, isAssumed, median, least } = range;
  const last = stops.length - 1;
  const shown = span(stops[at] ?? 0);
  const [from, to] = [span(stops[0] ?? 0), span(stops[last] ?? 0)];
  const move = (target: HTMLInputElement) => onMove(target.valueAsNumber);
  return (
    <div class="slider" data-moved={at !== start || undefined}>
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
          aria-valuetext={[shown, besideOwn(range, at)].join(", ")}
          aria-describedby={`${id}-range`}
          onInput={({ currentTarget }) => move(currentTarget)}
        />
        {median !== null && <Tick kind="median" share={median / last} />}
        <Tick kind="own" share={start / last} />
      </div>
      <p class="slider-ends small soft" aria-hidden="true">
        <span>{from}</span>
        <span>{to}</span>
      </p>
      <p id={`${id}-range`} class="hidden">
        {m.whatif_range({ from, to })}
      </p>
      <p class="slider-key small soft">
        <span data-kind="own">
          {(isAssumed ? m.whatif_own_assumed : m.whatif_own)({ span: span(stops[start] ?? 0) })}
        </span>
        {median !== null && (
          <span data-kind="median">{m.whatif_median({ span: span(stops[median] ?? 0) })}</span>
        )}
      </p>
      {least > 0 && <p class="small soft">{m.whatif_least({ span: span(least) })}</p>}
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

/** How far the time is from the one that the slider stood at, in words. */
function besideOwn({ stops, start, isAssumed }: Range, at: number): string {
  const own = stops[start] ?? 0;
  const beyond = (stops[at] ?? 0) - own;
  if (isAssumed) return m.whatif_own_assumed({ span: span(own) });
  if (beyond === 0) return m.whatif_as_was();
  return beyond < 0
    ? m.whatif_quicker({ span: span(-beyond) })
    : m.whatif_slower({ span: span(beyond) });
}
