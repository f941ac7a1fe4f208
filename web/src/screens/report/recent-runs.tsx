// The last runs of this visitor, beside each other.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { getPastRaces } from "#/api/client";
import type { PastRace, Report } from "#/api/types";
import { ENDING_WORDS } from "#/i18n/endings";
import { m, number, title } from "#/i18n/words";
import { racePath } from "#/store/address";
import { isAlike } from "#/store/alike";
import { goTo } from "#/store/route";
import { Button } from "#/ui/button";

type Done = PastRace & { ending: NonNullable<PastRace["ending"]> };

function Run({ run, isThis }: { run: Done; isThis: boolean }) {
  const path = racePath(run.id, "report");
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
        <span class="hidden">{`${title(run.title)}, ${place}, `}</span>
        <b aria-hidden="true">{run.place === null ? "–" : number(run.place)}</b>
        <span class="soft">{ending}</span>
      </a>
    </li>
  );
}

/** This run among one's own last ones of the same kind, the oldest first. */
export function RecentRuns({ report }: { report: Report }) {
  const runs = useSignal<Done[]>([]);
  useEffect(() => {
    void getPastRaces()
      .then(({ races }) => {
        const done = races.filter((race): race is Done => race.ending !== null);
        runs.value = done.filter((run) => isAlike(run, report.race)).reverse();
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
          <Run key={run.id} run={run} isThis={run.id === report.race.id} />
        ))}
      </ol>
      <p>
        <Button onPress={() => goTo("/progress")}>{m.progress_link()}</Button>
      </p>
    </section>
  );
}
