// The press that comes next for a member of a room, by how far the room is and how far they are.
import type { Room } from "#/api/room-types";
import { m, number } from "#/i18n/words";
import { racePath, roomPath } from "#/store/address";
import type { RoomStore } from "#/store/room";
import { goTo } from "#/store/route";
import { Button } from "#/ui/button";
import type { Doing } from "./doing";
import { Trouble } from "./trouble";

type GoProps = { store: RoomStore; room: Room; doing: Doing };

export function RoomGo(props: GoProps) {
  const { stage } = props.room;
  return (
    <>
      <Trouble of={props.doing} />
      {stage === "lobby" ? <LobbyGo {...props} /> : <RaceGo {...props} />}
    </>
  );
}

function LobbyGo({ store, room, doing }: GoProps) {
  const isHost = store.isHost.value;
  const isReady = store.me.value?.ready ?? false;
  const waits = room.members.filter(({ ready, number: at }) => !ready && at !== room.host).length;
  const isByTime = room.settings.start.kind === "at";
  const ready = () => void doing.run(() => store.beReady(!isReady));
  const said = isHost
    ? waits > 0 && m.room_start_waits({ count: number(waits) })
    : isByTime
      ? m.room_wait_time()
      : m.room_wait_host();
  // A race for everybody begins by its timetable, ready or not.
  if (room.kind === "open") return <p class="small soft room-said">{m.room_wait_time()}</p>;
  return (
    <>
      {said && <p class="small soft room-said">{said}</p>}
      <div class="room-go">
        {isHost && !isByTime ? (
          <Button
            look="primary"
            size="large"
            final
            unready={doing.isBusy.value}
            onPress={() => void doing.run(() => store.start())}
          >
            {doing.isBusy.value ? m.room_starting() : m.room_start()}
          </Button>
        ) : (
          <Button look={isReady ? "plain" : "primary"} size="large" onPress={ready}>
            {isReady ? m.room_be_unready() : m.room_be_ready()}
          </Button>
        )}
      </div>
    </>
  );
}

function RaceGo({ store, room, doing }: GoProps) {
  const me = store.me.value;
  const isToPlay = room.stage !== "over" && me?.run !== "over" && room.race !== null;
  const go = (view: "watch" | "results") => () => goTo(roomPath(room.code, view));
  if (isToPlay) {
    return (
      <div class="room-go">
        <Button
          look="primary"
          size="large"
          final
          onPress={() => room.race && goTo(racePath(room.race, "lobby"))}
        >
          {m.room_go()}
        </Button>
      </div>
    );
  }
  return (
    <div class="room-go">
      <Again store={store} room={room} doing={doing} />
      {room.stage === "over" ? (
        <Button
          look={store.isHost.value ? "plain" : "primary"}
          size="large"
          onPress={go("results")}
        >
          {m.room_results()}
        </Button>
      ) : (
        <Button look={store.isHost.value ? "plain" : "primary"} size="large" onPress={go("watch")}>
          {m.room_watch()}
        </Button>
      )}
    </div>
  );
}

/** The host opens the room once more; for the others there is a word. */
export function Again({ store, room, doing }: GoProps) {
  const isDone = room.stage === "over" || store.me.value?.run === "over";
  if (!isDone || room.stage === "lobby" || !store.isHost.value) return null;
  return (
    <Button
      look="primary"
      size="large"
      final
      unready={doing.isBusy.value}
      onPress={() =>
        void doing.run(async () => {
          await store.rematch();
          goTo(roomPath(room.code));
        })
      }
    >
      {doing.isBusy.value ? m.room_rematch_busy() : m.room_rematch()}
    </Button>
  );
}
