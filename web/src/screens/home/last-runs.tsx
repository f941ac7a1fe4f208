// The last runs, on the first page.
import { signal, useComputed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { getPastRaces } from "#/api/client";
import type { Ending, PastRace } from "#/api/types";
import { ENDING_WORDS } from "#/i18n/endings";
import { m, number, title } from "#/i18n/words";
import { after } from "#/platform/time";
import { insist } from "#/platform/wake";
import { racePath } from "#/store/address";
import { keptRaces } from "#/store/kept";
import { lastLesson } from "#/store/lesson";
import { isOffline } from "#/store/line";
import { goTo } from "#/store/route";
import { reportPart } from "../parts";
import { AwayNote } from "./away-note";
import { settle } from "./settled";

const runs = signal<PastRace[] | null>(null);
/** The server has told nothing for so long that the visitor is told what works without it. */
const isLate = signal(false);
const LATE_MS = 6_000;
const SHOWN_MAX = 4;

function endingWords(ending: Ending | null): string {
  return ending ? ENDING_WORDS[ending]() : m.home_last_open();
}

export function LastRuns() {
  useEffect(() => {
    let isHere = true;
    const stopWaiting = after(LATE_MS, () => {
      isLate.value = !runs.value;
    });
    void insist(getPastRaces, () => isHere).then((told) => {
      // Null for a page that is no longer there.
      if (!told) return;
      runs.value = told.races;
      isLate.value = false;
      settle();
    });
    return () => {
      isHere = false;
      stopWaiting();
    };
  }, []);
  // What the server does not tell now, the browser may have kept.
  const isAway = isOffline.value || isLate.value;
  const kept = useComputed(keptRaces);
  useEffect(() => {
    // What a report said is told in its words, which come with it.
    if (lastLesson()) void reportPart.fetch();
  }, []);
  const report = reportPart.found.value;
  if (!runs.value && !isAway) return null;
  // Whatever else the server told before cannot be opened now.
  const shown = isAway ? kept.value : (runs.value ?? []);
  return (
    <section class="home-part">
      <div class="home-head">
        <h2>{m.home_last()}</h2>
        <a
          href="/progress"
          onClick={(event) => {
            event.preventDefault();
            goTo("/progress");
          }}
        >
          {m.progress_link()}
        </a>
      </div>
      {isAway && <AwayNote kept={kept.value} />}
      {shown.length === 0 && !isAway && <p class="note">{m.home_last_empty()}</p>}
      {shown.length > 0 && report && <report.NextUp />}
      <ul class="runs">
        {shown.slice(0, isAway ? shown.length : SHOWN_MAX).map((run) => (
          <Run key={run.id} run={run} />
        ))}
      </ul>
    </section>
  );
}

function Run({ run }: { run: PastRace }) {
  const path = racePath(run.id, run.ending ? "report" : "lobby");
  return (
    <li>
      <a
        class="run"
        href={path}
        onClick={(event) => {
          event.preventDefault();
          goTo(path);
        }}
      >
        <span class="run-seat" data-won={run.ending === "paid" || undefined} />
        <span class="run-title">{title(run.title)}</span>
        <span class="run-end">
          {endingWords(run.ending)}
          {run.place !== null && ` · ${m.home_place({ place: number(run.place) })}`}
        </span>
      </a>
    </li>
  );
}
