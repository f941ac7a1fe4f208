// The report of somebody else in the room, who shares it.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Refused } from "#/api/client";
import type { Room } from "#/api/room-types";
import { getReportOf, getResults } from "#/api/rooms";
import type { Report } from "#/api/types";
import { wordsOfRefusal } from "#/i18n/rooms";
import { m } from "#/i18n/words";
import { insist } from "#/platform/wake";
import { roomPath } from "#/store/address";
import type { RoomStore } from "#/store/room";
import { goTo } from "#/store/route";
import { Button } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { Stage } from "#/ui/stage";
import { reportPart } from "../parts";
import { Waiting } from "../waiting";
import { nameOf } from "./people-steps";
import { RoomFrame } from "./room-frame";

type OthersReportProps = { store: RoomStore; room: Room; member: number };
type Told = { report: Report; name: string };

export function OthersReport({ store, room, member }: OthersReportProps) {
  const told = useSignal<Told | null>(null);
  const refusal = useSignal("");
  useEffect(() => {
    let isHere = true;
    void reportPart.fetch();
    const ask = async () => {
      try {
        const { race, rows } = await getResults(room.code);
        const row = rows.find((one) => one.member === member);
        const name = nameOf(row ?? { name: null, member });
        told.value = { report: await getReportOf(race, member), name };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refusal.value = wordsOfRefusal(error);
      }
    };
    void insist(ask, () => isHere);
    return () => {
      isHere = false;
    };
  }, [room.code, member]);
  const part = reportPart.found.value;
  const back = (
    <Button size="large" onPress={() => goTo(roomPath(room.code, "results"))}>
      {m.results_back()}
    </Button>
  );
  return (
    <RoomFrame isBroken={store.link.value === "broken"}>
      {refusal.value ? (
        <Stage class="missing" go={back}>
          <StepHeading>{m.report_failed()}</StepHeading>
          <p class="soft">{refusal.value}</p>
        </Stage>
      ) : told.value && part ? (
        <part.SharedReport
          report={told.value.report}
          name={m.results_of({ name: told.value.name })}
          go={back}
        />
      ) : (
        <Waiting label={m.report_waiting()} what={m.waiting_report()} />
      )}
    </RoomFrame>
  );
}
