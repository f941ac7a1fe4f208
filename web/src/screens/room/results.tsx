// What became of everybody in a room: the table, one's own report to be shared, and the way on.
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Refused } from "#/api/client";
import type { ResultRow, Results, Room } from "#/api/room-types";
import { getResults } from "#/api/rooms";
import { wordsOfRefusal } from "#/i18n/rooms";
import { m, number } from "#/i18n/words";
import { every } from "#/platform/time";
import { insist } from "#/platform/wake";
import { roomPath } from "#/store/address";
import type { RoomStore } from "#/store/room";
import { goTo } from "#/store/route";
import { Button } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { Stage } from "#/ui/stage";
import { Waiting } from "../waiting";
import { type Doing, useDoing } from "./doing";
import { FairCheck } from "./fair";
import { ResultsTable } from "./results-table";
import { RoomFrame } from "./room-frame";
import { Again } from "./room-go";
import { Trouble } from "./trouble";
import { useHallPlan } from "./watch-hall";
import "./results.css";

type ResultsProps = { store: RoomStore; room: Room };

const LOOK_EVERY_MS = 5_000;

/** Asks until there are results, and again while the race goes on. */
function useResults(room: Room): { results: Signal<Results | null>; refusal: Signal<string> } {
  const results = useSignal<Results | null>(null);
  const refusal = useSignal("");
  useEffect(() => {
    let isHere = true;
    const look = async () => {
      try {
        const told = await getResults(room.code);
        if (isHere) results.value = told;
        refusal.value = "";
      } catch (error) {
        // A refusal is an answer; silence is not.
        if (!(error instanceof Refused)) throw error;
        refusal.value = wordsOfRefusal(error);
      }
    };
    void insist(look, () => isHere);
    const stop = every(LOOK_EVERY_MS, () => {
      if (!results.value?.over) void look().catch(() => undefined);
    });
    return () => {
      isHere = false;
      stop();
    };
  }, [room.race, room.stage === "over"]);
  return { results, refusal };
}

export function ResultsPage({ store, room }: ResultsProps) {
  const { results, refusal } = useResults(room);
  const doing = useDoing();
  const hall = useHallPlan(room);
  const told = results.value;
  return (
    <RoomFrame wide isBroken={store.link.value === "broken"}>
      {told || refusal.value ? (
        <Stage class="results" go={<Onward store={store} room={room} doing={doing} />}>
          <header>
            <StepHeading>{m.results_title()}</StepHeading>
            {told && <Line results={told} />}
            {refusal.value && <p class="note">{refusal.value}</p>}
          </header>
          {room.stage === "lobby" && room.rematch > 0 && (
            <p class="note" role="status">
              {m.room_reopened()}
            </p>
          )}
          {told && told.rows.length > 0 && (
            <ResultsTable results={told} code={room.code} plan={hall?.plan ?? null} />
          )}
          {told && <Share store={store} results={results} doing={doing} />}
          {told && <FairCheck results={told} />}
        </Stage>
      ) : (
        <Waiting label={m.report_waiting()} what={m.waiting_report()} />
      )}
    </RoomFrame>
  );
}

/** Of very many people only some have a row, and all are counted. */
function Line({ results: { rows, more, paid, over } }: { results: Results }) {
  return (
    <p class="soft">
      {rows.length === 0
        ? m.results_none()
        : m.results_line_won({ all: number(rows.length + more), won: number(paid) })}{" "}
      {!over && rows.length > 0 && m.results_running()}
    </p>
  );
}

const mineOf = (rows: readonly ResultRow[]) => rows.find(({ you }) => you) ?? null;

type ShareProps = { store: RoomStore; results: Signal<Results | null>; doing: Doing };

/** One's own report is one's own until one shares it. */
function Share({ store, results, doing }: ShareProps) {
  const told = results.value;
  const mine = told && mineOf(told.rows);
  if (!told || !mine) return null;
  const share = (shared: boolean) =>
    doing.run(async () => {
      await store.shareReport(shared);
      const rows = told.rows.map((row) => (row === mine ? { ...row, report_shared: shared } : row));
      results.value = { ...told, rows };
    });
  return (
    <div class="results-share">
      <label class="pick">
        <input
          type="checkbox"
          checked={mine.report_shared}
          onChange={(event) => void share(event.currentTarget.checked)}
        />
        <span>
          {m.results_share()}
          <small class="soft">{m.results_share_text()}</small>
        </span>
      </label>
      <Trouble of={doing} />
    </div>
  );
}

function Onward({ store, room, doing }: ResultsProps & { doing: Doing }) {
  const { code, stage } = room;
  const isHost = store.isHost.value;
  return (
    <>
      {!isHost && stage === "over" && room.kind === "room" && (
        <p class="small soft room-said">{m.room_rematch_wait()}</p>
      )}
      <div class="room-go">
        <Again store={store} room={room} doing={doing} />
        <Button
          look={stage === "lobby" ? "primary" : "plain"}
          size="large"
          onPress={() => goTo(roomPath(code))}
        >
          {m.room_back()}
        </Button>
      </div>
    </>
  );
}
