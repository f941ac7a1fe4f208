// The report of a run: the verdict, the figures, and all that they rest on.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { getReport, Refused } from "#/api/client";
import type { Report } from "#/api/types";
import type { GoneWords } from "#/i18n/gone";
import { m, number, span } from "#/i18n/words";
import { roomPath, showOf, wayBack } from "#/store/address";
import { keepResult, keptResult } from "#/store/kept";
import { roomOfRace } from "#/store/known-rooms";
import { keepLesson } from "#/store/lesson";
import { goTo } from "#/store/route";
import { Button } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { Stage } from "#/ui/stage";
import { startAgain } from "../done/again";
import { isStarting } from "../home/start";
import { StartTrouble } from "../home/start-trouble";
import { codeOf, wordsOf } from "../refusals";
import { TakenBar } from "../taken";
import { takenOf } from "../taken-of";
import { Waiting } from "../waiting";
import { useRace } from "../with-race";
import { Causes } from "./causes";
import { Curve } from "./curve";
import { Details, FinePrint } from "./details";
import { HallAtClick } from "./hall-then";
import { RecentRuns } from "./recent-runs";
import { ReportEarly } from "./report-early";
import { RivalSteps, RivalTable } from "./rival-steps";
import { Sliders } from "./sliders";
import { TimeLine } from "./time-line";
import { Verdict } from "./verdict";
import { WinOfReport } from "./win-of-report";
import "./report.css";
import "./report-on-paper.css";

/** Says on the first page what a report said: its words come with those of reports. */
export { NextUp } from "../home/next-up";
export { WinShare } from "./win";

function Figures({ report }: { report: Report }) {
  const figures: [string, string, string?][] = [];
  const add = (name: string, value: string | null, of?: number) =>
    value !== null && figures.push(of === undefined ? [name, value] : [name, value, number(of)]);
  const { race, rivals_ahead, place, length_ms } = report;
  add(m.report_place(), place === null ? null : number(place));
  add(m.report_ahead(), rivals_ahead === null ? null : number(rivals_ahead), race.rivals);
  add(
    m.report_early(),
    report.early_presses ? m.report_times({ count: report.early_presses }) : null,
  );
  add(m.report_refreshes(), report.refreshes ? m.report_times({ count: report.refreshes }) : null);
  add(m.report_length(), length_ms === null || length_ms <= 0 ? null : span(length_ms));
  const taken = takenOnAdmission(report);
  if (figures.length === 0 && !taken) return null;
  return (
    <dl class="figures">
      {figures.map(([name, value, of]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {of !== undefined && <small> / {of}</small>}
          </dd>
        </div>
      ))}
      {taken && (
        <div class="figures-taken">
          <dt>{m.report_free_then()}</dt>
          <dd>
            {number(taken.free)}
            <small> / {number(race.seats)}</small>
            <TakenBar taken={taken} />
          </dd>
        </div>
      )}
    </dl>
  );
}

function Onward({ report }: { report: Report }) {
  const isBusy = isStarting.value;
  const room = roomOfRace(report.race.id);
  if (room) {
    return (
      <div class="report-go">
        <Button look="primary" size="large" final onPress={() => goTo(roomPath(room, "results"))}>
          {m.room_results()}
        </Button>
        <Button size="large" final onPress={() => goTo(roomPath(room))}>
          {m.room_back()}
        </Button>
      </div>
    );
  }
  const { race } = useRace();
  return (
    <div class="report-go">
      {race.performance === null && (
        <Button
          look="primary"
          size="large"
          final
          unready={isBusy}
          onPress={() => void startAgain(race)}
        >
          {isBusy ? m.again_busy() : m.again()}
        </Button>
      )}
      <Button
        look={race.performance === null ? "plain" : "primary"}
        size="large"
        final
        onPress={() => goTo(wayBack(race))}
      >
        {showOf(race) ? m.done_concert() : m.report_home()}
      </Button>
      <StartTrouble />
    </div>
  );
}

type SharedReportProps = { report: Report; name: string; go: ComponentChildren };

/** Somebody else's report: all of it that needs no race on the screen. */
export function SharedReport({ report, name, go }: SharedReportProps) {
  return (
    <Stage class="report" go={<div class="report-go">{go}</div>}>
      <p class="soft">
        <bdi>{name}</bdi>
      </p>
      <Verdict report={report} isOthers />
      <Figures report={report} />
      <Causes isOthers report={report} />
      <TimeLine report={report} />
      <RivalSteps report={report} />
      <RivalTable report={report} />
      <Curve report={report} />
    </Stage>
  );
}

/** What was free, paid and held when the visitor was let in; null for whoever never was. */
function takenOnAdmission({ race, free_on_admission, sold_on_admission_share }: Report) {
  if (free_on_admission === null || sold_on_admission_share === null) return null;
  return takenOf(race.seats, free_on_admission, sold_on_admission_share * race.seats);
}

/** `gone` says how a race ended without seats. It comes from the screens of a race, which say it as well. */
export function ReportScreen({ gone }: { gone: GoneWords }) {
  const store = useRace();
  // A result does not change any more, so one that was read before is as good as the server's.
  const kept = useMemo(() => keptResult(store.id)?.report ?? null, [store]);
  const report = useSignal<Report | null>(kept);
  const isFailed = useSignal(false);
  const isEarly = useSignal(false);
  const trouble = useSignal("");
  const ask = async () => {
    isFailed.value = false;
    try {
      report.value = await getReport(store.id);
      keepLesson(report.value);
      keepResult({ race: store.race, state: store.state.value }, report.value);
    } catch (error) {
      isEarly.value = codeOf(error) === "not-over";
      isFailed.value = !report.value;
      trouble.value = error instanceof Refused ? wordsOf(error, store) : m.oops_text();
    }
  };
  useEffect(() => void ask(), [store]);
  if (isEarly.value && !report.value) {
    return <ReportEarly room={roomOfRace(store.id)} ask={() => void ask()} />;
  }
  if (isFailed.value) {
    return (
      <Stage
        class="report"
        go={
          <div class="report-go">
            <Button final look="primary" size="large" onPress={() => void ask()}>
              {m.oops_again()}
            </Button>
            <Button final size="large" onPress={() => goTo("/")}>
              {m.report_home()}
            </Button>
          </div>
        }
      >
        <StepHeading>{m.report_failed()}</StepHeading>
        <p class="soft">{trouble.value}</p>
      </Stage>
    );
  }
  if (!report.value) return <Waiting label={m.report_waiting()} what={m.waiting_report()} />;
  const told = report.value;
  return (
    <Stage class="report" go={<Onward report={told} />}>
      <Verdict report={told} gone={gone} />
      <WinOfReport report={told} />
      <Figures report={told} />
      <Causes report={told} />
      <Sliders report={told} />
      <HallAtClick report={told} />
      <TimeLine report={told} />
      <RivalSteps report={told} />
      <RivalTable report={told} />
      <Curve report={told} />
      <Details report={told} />
      <RecentRuns report={told} />
      <FinePrint report={told} />
    </Stage>
  );
}
