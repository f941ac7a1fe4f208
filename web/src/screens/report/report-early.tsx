// The report of a race with others, before everybody has finished: it waits for them.
import { useEffect } from "preact/hooks";
import { m } from "#/i18n/words";
import { every } from "#/platform/time";
import { roomPath } from "#/store/address";
import { goTo } from "#/store/route";
import { Button } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { Stage } from "#/ui/stage";

const ASK_EVERY_MS = 5_000;

type ReportEarlyProps = {
  /** The code of the room that the race belongs to, if this browser knows one. */
  room: string | null;
  ask: () => void;
};

export function ReportEarly({ room, ask }: ReportEarlyProps) {
  useEffect(() => every(ASK_EVERY_MS, ask), []);
  return (
    <Stage
      class="report"
      go={
        <div class="report-go">
          {room && (
            <Button final look="primary" size="large" onPress={() => goTo(roomPath(room, "watch"))}>
              {m.room_watch()}
            </Button>
          )}
          <Button final size="large" onPress={() => goTo("/")}>
            {m.report_home()}
          </Button>
        </div>
      }
    >
      <StepHeading>{m.report_early_title()}</StepHeading>
      <p class="soft">{m.report_early_text()}</p>
    </Stage>
  );
}
