// Who is in a room: a seat each, filled once they are ready.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Room, RoomMember } from "#/api/room-types";
import { m, number } from "#/i18n/words";
import type { RoomStore } from "#/store/room";
import { Button, IconButton } from "#/ui/button";
import { Icon } from "#/ui/icons";
import type { Doing } from "./doing";
import { useFocusHere } from "./focus";

type PeopleProps = { store: RoomStore; room: Room; doing: Doing };

export function People({ store, room, doing }: PeopleProps) {
  /** Who is about to be removed. */
  const asked = useSignal<number | null>(null);
  const mayRemove = store.isHost.value;
  const more = room.member_count - room.members.length;
  return (
    <section class="people">
      <h2>
        {m.room_people()}{" "}
        <span class="soft">{m.room_people_count({ count: number(room.member_count) })}</span>
      </h2>
      <ul class="people-list">
        {room.members.map((one) => (
          <Person
            key={one.number}
            room={room}
            person={one}
            onRemove={
              mayRemove && one.number !== room.you
                ? () => {
                    asked.value = one.number;
                  }
                : null
            }
            question={
              asked.value === one.number && (
                <RemoveQuestion
                  name={one.name}
                  onNo={() => {
                    asked.value = null;
                  }}
                  onYes={() => {
                    asked.value = null;
                    void doing.run(() => store.remove(one.number));
                  }}
                />
              )
            }
          />
        ))}
      </ul>
      {more > 0 && <p class="soft small">{m.room_more({ count: number(more) })}</p>}
    </section>
  );
}

function stateOf({ stage, kind }: Room, { here, ready, run, watching }: RoomMember): string {
  if (watching) return m.room_watching();
  if (run === "in") return m.room_run_in();
  if (run === "over") return m.room_run_over();
  if (!here) return m.room_away();
  if (stage !== "lobby" || kind === "open") return "";
  return ready ? m.room_ready() : m.room_unready();
}

type PersonProps = {
  room: Room;
  person: RoomMember;
  onRemove: (() => void) | null;
  question: ComponentChildren;
};

function Person({ room, person, onRemove, question }: PersonProps) {
  const { name, number: at } = person;
  return (
    <li
      class="person"
      data-away={!person.here || undefined}
      data-you={at === room.you || undefined}
    >
      <span class="person-seat" data-ready={person.ready || undefined} aria-hidden="true">
        {person.ready && <Icon name="tick" />}
      </span>
      <span class="person-who">
        {/* The direction of a name does not reach beyond it. */}
        <bdi class="person-name">{name}</bdi>
        {at === room.host && <span class="tag">{m.room_host()}</span>}
        {at === room.you && <span class="tag">{m.room_you()}</span>}
      </span>
      <span class="person-state">{stateOf(room, person)}</span>
      {onRemove && <IconButton icon="close" label={m.room_remove({ name })} onPress={onRemove} />}
      {question}
    </li>
  );
}

type RemoveQuestionProps = { name: string; onYes: () => void; onNo: () => void };

/** Asked in place, and the focus with it: a press too many removes nobody. */
function RemoveQuestion({ name, onYes, onNo }: RemoveQuestionProps) {
  const box = useFocusHere<HTMLDivElement>();
  return (
    <div
      ref={box}
      class="person-ask"
      role="group"
      aria-label={m.room_remove_ask({ name })}
      tabIndex={-1}
    >
      <p>{m.room_remove_ask({ name })}</p>
      <Button final onPress={onYes}>
        {m.room_remove_yes()}
      </Button>
      <Button look="quiet" onPress={onNo}>
        {m.room_remove_no()}
      </Button>
    </div>
  );
}
