// What if: sliders for one's own times, and what the race would have come to with them.
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Report, WhatIfAnswer } from "#/api/types";
import { type Changeable, getWhatIf, type Times } from "#/api/what-if";
import { m, number } from "#/i18n/words";
import { plan } from "#/store/current";
import { announce } from "#/ui/announcer";
import { Button } from "#/ui/button";
import { Cluster } from "#/ui/cluster";
import { Assumed, Proof } from "./proof";
import { Slider } from "./slider";
import { type Range, rangesOf } from "./slider-range";
import { WhatIfAsk } from "./what-if-ask";
import { sentenceOf } from "./what-if-words";

/** Enough to tell often from seldom, and few enough to wait for. */
const CROWDS = 20;

type Places = Partial<Record<Changeable, number>>;

/** Nothing for a run that never began. */
export function Sliders({ report }: { report: Report }) {
  const ranges = useMemo(() => rangesOf(report), [report]);
  const places = useSignal<Places>({});
  const ask = useMemo(
    () => new WhatIfAsk(({ times, crowds }) => getWhatIf(report.race.id, times, crowds)),
    [report.race.id],
  );
  useEffect(() => () => ask.close(), [ask]);
  useSaid(ask);
  if (ranges.length === 0 || report.verdict.kind === "unfinished") return null;
  const move = (moved: Places) => {
    places.value = moved;
    const times = timesOf(ranges, moved);
    ask.want(Object.keys(times).length > 0 ? { times, crowds: 0 } : null);
  };
  const isMoved = Object.keys(timesOf(ranges, places.value)).length > 0;
  const askChance = () => ask.want({ times: chanceTimes(ranges, places.value), crowds: CROWDS });
  return (
    <section class="report-part whatif">
      <h2>{m.whatif_title()}</h2>
      <p class="soft small">{m.whatif_line()}</p>
      <div class="card whatif-card">
        {ranges.map((range) => (
          <Slider
            key={range.step}
            range={range}
            at={places.value[range.step] ?? range.start}
            onMove={(at) => move({ ...places.value, [range.step]: at })}
          />
        ))}
        <Then report={report} ask={ask} isMoved={isMoved} />
        <div class="whatif-go">
          <Button unready={ask.stage.value === "busy"} onPress={askChance}>
            {m.whatif_chance_ask({ runs: number(CROWDS) })}
          </Button>
          {Object.keys(places.value).length > 0 && (
            <Button look="quiet" onPress={() => move({})}>
              {m.whatif_reset()}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

/** The steps whose slider stands elsewhere than the run was. */
function timesOf(ranges: readonly Range[], places: Places): Times {
  const moved = ranges.filter((range) => {
    const at = places[range.step];
    return at !== undefined && at !== range.start;
  });
  return allTimes(moved, places);
}

/** What was moved; else the first step as it was, since one time must be told. */
function chanceTimes(ranges: readonly Range[], places: Places): Times {
  const moved = timesOf(ranges, places);
  return Object.keys(moved).length > 0 ? moved : allTimes(ranges.slice(0, 1), places);
}

function allTimes(ranges: readonly Range[], places: Places): Times {
  return Object.fromEntries(
    ranges.map((range) => [range.step, range.stops[places[range.step] ?? range.start]]),
  );
}

/** An answer is said aloud once it is there: the page around it does not move the focus. */
function useSaid(ask: WhatIfAsk): void {
  const answer = ask.answer.value;
  useEffect(() => {
    if (answer) announce([sentenceOf(answer, plan.value), chanceOf(answer)].join(" "));
  }, [answer]);
}

function chanceOf({ chance }: WhatIfAnswer): string {
  return chance ? m.whatif_chance({ runs: number(chance.runs), paid: number(chance.paid) }) : "";
}

type ThenProps = { report: Report; ask: WhatIfAsk; isMoved: boolean };

/** What would have come of it. With one's own times, other crowds are all that an answer tells. */
function Then({ report, ask, isMoved }: ThenProps) {
  const answer = ask.answer.value;
  const chance = answer && chanceOf(answer);
  return (
    <div class="whatif-then" aria-busy={ask.stage.value === "busy"}>
      <p class="whatif-said">
        <b>{answer && isMoved ? sentenceOf(answer, plan.value) : m.whatif_real()}</b>
      </p>
      {chance && <p class="whatif-chance">{chance}</p>}
      {answer && isMoved && <Proof report={report} whatIf={answer} />}
      {answer && !isMoved && <Assumed whatIf={answer} />}
      <Progress ask={ask} />
    </div>
  );
}

function Progress({ ask }: { ask: WhatIfAsk }) {
  switch (ask.stage.value) {
    case "still":
      return null;
    case "failed":
      return (
        <div class="whatif-progress" role="alert">
          <p>{m.whatif_failed()}</p>
          <Button onPress={() => ask.again()}>{m.whatif_again()}</Button>
        </div>
      );
    case "waiting":
      return <Running words={m.whatif_waiting()} />;
    case "superseded":
      return <Running words={m.whatif_superseded()} />;
    case "busy":
      return <Running words={ask.isChance.value ? m.whatif_chance_busy() : m.whatif_busy()} />;
  }
}

function Running({ words }: { words: string }) {
  return (
    <p class="whatif-progress" role="status">
      <Cluster loading size={18} /> {words}
    </p>
  );
}
