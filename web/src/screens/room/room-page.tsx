// A room: who is there, what is played and when, how others come in; and the press that comes next.
import { useSignal } from "@preact/signals";
import { enterOpenRace } from "#/api/open-races";
import type { Room } from "#/api/room-types";
import { m } from "#/i18n/words";
import { roomPath } from "#/store/address";
import type { RoomStore } from "#/store/room";
import { goTo } from "#/store/route";
import { Button } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { Stage } from "#/ui/stage";
import { useDoing } from "./doing";
import { RoomCountdown, RoomFacts } from "./facts";
import { useFocusHere } from "./focus";
import { HostTools } from "./host-tools";
import { InAppNote } from "./in-app";
import { Invite } from "./invite";
import { NameField, useName } from "./name-field";
import { People } from "./people";
import { RoomFrame } from "./room-frame";
import { RoomGo } from "./room-go";
import { Seal } from "./seal";
import { Trouble } from "./trouble";

type RoomProps = { store: RoomStore; room: Room };

const TITLES: Record<Room["stage"], () => string> = {
  lobby: m.room_title_lobby,
  counting: m.room_title_counting,
  running: m.room_title_running,
  over: m.room_title_over,
};

export function RoomPage({ store, room }: RoomProps) {
  const isMember = store.me.value !== null;
  return (
    <RoomFrame isBroken={store.link.value === "broken"}>
      {isMember ? <Inside store={store} room={room} /> : <Outside store={store} room={room} />}
    </RoomFrame>
  );
}

/** For who has the link: all that a member sees of the room, and the field for a name. */
function Outside({ store, room }: RoomProps) {
  const doing = useDoing();
  const name = useName();
  const isClosed = room.door === "closed";
  const isBegun = room.stage === "counting" || room.stage === "running";
  // In a race for everybody the server gives the names.
  const isOpen = room.kind === "open";
  const join = async () => {
    if (isOpen) return doing.run(async () => store.hear(await enterOpenRace(room.code)));
    const called = name.take();
    return called ? doing.run(() => store.join(called)) : undefined;
  };
  const go = (
    <>
      <Trouble of={doing} />
      <div class="room-go">
        <Button look="primary" size="large" final submit unready={isClosed || doing.isBusy.value}>
          {doing.isBusy.value ? m.room_joining() : m.room_join()}
        </Button>
        <Button size="large" onPress={() => goTo(roomPath(room.code, "watch"))}>
          {m.room_watch_only()}
        </Button>
      </div>
    </>
  );
  return (
    <Stage class="room" go={go} onSubmit={() => void join()}>
      <div class="room-now">
        <InAppNote path={roomPath(room.code)} />
        <StepHeading>{m.room_join_title()}</StepHeading>
        <RoomFacts room={room} />
        <RoomCountdown room={room} />
        {isClosed && (
          <p class="note" data-tone="warn">
            {m.room_door_closed()}
          </p>
        )}
        {isBegun && !isClosed && <p class="note">{m.room_join_late()}</p>}
        <Seal room={room} />
        {!isClosed && !isOpen && (
          <div class="card">
            <NameField of={name} />
            <p class="small soft">{m.room_join_line()}</p>
          </div>
        )}
      </div>
      <div class="room-more">
        <People store={store} room={room} doing={doing} />
      </div>
    </Stage>
  );
}

function Inside({ store, room }: RoomProps) {
  const doing = useDoing();
  const isClosed = room.door === "closed";
  return (
    <Stage class="room" go={<RoomGo store={store} room={room} doing={doing} />}>
      <div class="room-now">
        <InAppNote path={roomPath(room.code)} />
        <StepHeading>{TITLES[room.stage]()}</StepHeading>
        <RoomFacts room={room} />
        <RoomCountdown room={room} />
        {isClosed && <p class="note">{m.room_door_closed()}</p>}
        <Seal room={room} />
        <People store={store} room={room} doing={doing} />
      </div>
      <div class="room-more">
        {!isClosed && <Invite room={room} />}
        {store.isHost.value && <HostTools store={store} room={room} doing={doing} />}
        <Leave store={store} />
      </div>
    </Stage>
  );
}

function Leave({ store }: { store: RoomStore }) {
  const isAsked = useSignal(false);
  const ask = (asked: boolean) => () => {
    isAsked.value = asked;
  };
  if (!isAsked.value) {
    return (
      <Button look="quiet" onPress={ask(true)}>
        {m.room_leave()}
      </Button>
    );
  }
  return <LeaveQuestion store={store} onNo={ask(false)} />;
}

function LeaveQuestion({ store, onNo }: { store: RoomStore; onNo: () => void }) {
  const doing = useDoing();
  const box = useFocusHere<HTMLElement>();
  const leave = () =>
    doing.run(async () => {
      await store.leave();
      goTo("/");
    });
  return (
    <section ref={box} tabIndex={-1} class="card room-leave" aria-label={m.room_leave_ask()}>
      <p>
        <b>{m.room_leave_ask()}</b> {store.isHost.value && m.room_leave_host()}
      </p>
      <div class="room-tools-go">
        <Button final onPress={() => void leave()}>
          {m.room_leave_yes()}
        </Button>
        <Button onPress={onNo}>{m.room_leave_no()}</Button>
      </div>
      <Trouble of={doing} />
    </section>
  );
}
