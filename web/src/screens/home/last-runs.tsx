// The last runs, on the first page.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { getPastRaces } from "#/api/client";
import type { Ending, PastRace } from "#/api/types";
import { ENDING_WORDS } from "#/i18n/endings";
import { m, number, title } from "#/i18n/words";
import { after } from "#/platform/time";
import { insist } from "#/platform/wake";
import { racePath } from "#/store/address";
import { goTo } from "#/store/route";
import { NextUp } from "./next-up";

const runs = signal<PastRace[] | null>(null);
/** Whether it is known, or cannot be, what stands here: what comes below is shown then, and does not move. */
export const areSettled = signal(false);
const SHOWN_MAX = 4;
/** What stands below is not kept waiting for longer than this. */
const SETTLED_MS_MAX = 2_000;

function endingWords(ending: Ending | null): string {
  return ending ? ENDING_WORDS[ending]() : m.home_last_open();
}

export function LastRuns() {
  useEffect(() => {
    let isHere = true;
    const settle = () => {
      areSettled.value = true;
    };
    const stop = after(SETTLED_MS_MAX, settle);
    void insist(getPastRaces, () => isHere).then((told) => {
      if (told) runs.value = told.races;
      settle();
    });
    return () => {
      isHere = false;
      stop();
    };
  }, []);
  if (!runs.value) return null;
  return (
    <section class="home-part">
      <h2>{m.home_last()}</h2>
      {runs.value.length === 0 && <p class="note">{m.home_last_empty()}</p>}
      {runs.value.length > 0 && <NextUp />}
      <ul class="runs">
        {runs.value.slice(0, SHOWN_MAX).map((run) => (
          <li key={run.id}>
            <a
              class="run"
              href={racePath(run.id, run.ending ? "report" : "lobby")}
              onClick={(event) => {
                event.preventDefault();
                goTo(racePath(run.id, run.ending ? "report" : "lobby"));
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
        ))}
      </ul>
    </section>
  );
}
