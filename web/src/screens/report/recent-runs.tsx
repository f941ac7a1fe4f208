// The last runs of this visitor, beside each other.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { getProgress } from "#/api/training";
import type { HallRun } from "#/api/training-types";
import type { Report } from "#/api/types";
import { formatDay } from "#/i18n/days";
import { ENDING_WORDS } from "#/i18n/endings";
import { m, number } from "#/i18n/words";
import { racePath } from "#/store/address";
import { runsLike } from "#/store/alike";
import { goTo } from "#/store/route";
import { language } from "#/store/settings";
import { Button } from "#/ui/button";

function Run({ run, isThis }: { run: HallRun; isThis: boolean }) {
  const path = racePath(run.race, "report");
  const ending = ENDING_WORDS[run.ending]();
  const place =
    run.place === null ? m.report_no_place() : m.home_place({ place: number(run.place) });
  return (
    <li>
      <a
        class="recent"
        href={path}
        aria-current={isThis ? "page" : undefined}
        onClick={(event) => {
          event.preventDefault();
          if (!isThis) goTo(path);
        }}
      >
        <span class="run-seat" data-won={run.ending === "paid" || undefined} />
        <span class="hidden">{`${formatDay(language.value, run.at_ms)}, ${place}, `}</span>
        <b aria-hidden="true">{run.place === null ? "–" : number(run.place)}</b>
        <span class="soft">{ending}</span>
      </a>
    </li>
  );
}

/** This run among one's own last ones of the same kind, the oldest first. */
export function RecentRuns({ report }: { report: Report }) {
  const runs = useSignal<readonly HallRun[]>([]);
  useEffect(() => {
    void getProgress()
      .then((progress) => {
        runs.value = [...runsLike(progress, report.race)].reverse();
      })
      .catch(() => undefined);
  }, [report]);
  if (runs.value.length < 2) return null;
  return (
    <section class="report-part">
      <h2>{m.report_recent()}</h2>
      <p class="soft small">{m.report_recent_line()}</p>
      <ol class="recents">
        {runs.value.map((run) => (
          <Run key={run.race} run={run} isThis={run.race === report.race.id} />
        ))}
      </ol>
      <p>
        <Button onPress={() => goTo("/progress")}>{m.progress_link()}</Button>
      </p>
    </section>
  );
}
