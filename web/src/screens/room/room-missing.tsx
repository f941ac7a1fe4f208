// The pages for a room that is not there, and for somebody whom the host has removed.
import { m } from "#/i18n/words";
import { goTo } from "#/store/route";
import { Button } from "#/ui/button";
import { Cluster } from "#/ui/cluster";
import { StepHeading } from "#/ui/heading";
import { Stage } from "#/ui/stage";
import { RoomFrame } from "./room-frame";

type NoRoomProps = { title: string; text: string };

function NoRoom({ title, text }: NoRoomProps) {
  return (
    <RoomFrame>
      <Stage
        class="missing"
        go={
          <div class="room-pair">
            <Button final look="primary" onPress={() => goTo("/room")}>
              {m.together_new()}
            </Button>
            <Button final onPress={() => goTo("/")}>
              {m.missing_home()}
            </Button>
          </div>
        }
      >
        <Cluster filled={0} size={72} />
        <StepHeading>{title}</StepHeading>
        <p class="soft">{text}</p>
      </Stage>
    </RoomFrame>
  );
}

export const RoomMissing = () => (
  <NoRoom title={m.room_missing_title()} text={m.room_missing_text()} />
);
export const Removed = () => <NoRoom title={m.room_removed_title()} text={m.room_removed_text()} />;
