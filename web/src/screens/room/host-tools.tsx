// What only the host of a room can do before its race begins: change the settings, and close the door.
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Room } from "#/api/room-types";
import { m } from "#/i18n/words";
import { serverNow } from "#/store/clock";
import { catalogue, loadCatalogue } from "#/store/library";
import type { RoomStore } from "#/store/room";
import { Button } from "#/ui/button";
import type { Doing } from "./doing";
import { useFocusHere } from "./focus";
import { type Draft, draftOf, settingsOf } from "./settings";
import { SettingsForm } from "./settings-form";

type HostToolsProps = { store: RoomStore; room: Room; doing: Doing };

export function HostTools(props: HostToolsProps) {
  /** What is being changed; null while nothing is. */
  const draft = useSignal<Draft | null>(null);
  useEffect(() => void loadCatalogue(), []);
  return draft.value ? (
    <ChangeSettings {...props} draft={draft} />
  ) : (
    <Tools {...props} draft={draft} />
  );
}

type PartProps = HostToolsProps & { draft: Signal<Draft | null> };

function Tools({ store, room, doing, draft }: PartProps) {
  const known = catalogue.value;
  const isClosed = room.door === "closed";
  const mayChange = room.stage === "lobby" && room.kind === "room";
  return (
    <section class="card room-tools">
      <h2>{m.room_tools()}</h2>
      <div class="room-tools-go">
        {mayChange && known && (
          <Button
            onPress={() => {
              draft.value = draftOf(room, known, serverNow());
            }}
          >
            {m.room_settings()}
          </Button>
        )}
        <Button
          unready={doing.isBusy.value}
          onPress={() => void doing.run(() => store.setDoor(isClosed ? "open" : "closed"))}
        >
          {isClosed ? m.room_door_open() : m.room_door_close()}
        </Button>
      </div>
    </section>
  );
}

function ChangeSettings({ store, doing, draft }: PartProps) {
  const box = useFocusHere<HTMLElement>();
  const known = catalogue.value;
  const changed = draft.value;
  if (!known || !changed) return null;
  const close = () => {
    draft.value = null;
  };
  const save = () =>
    doing.run(async () => {
      const settings = settingsOf(changed, serverNow());
      if (!settings) {
        doing.trouble.value = m.room_start_time_wrong();
        return;
      }
      await store.change(settings);
      close();
    });
  return (
    <section ref={box} tabIndex={-1} class="card room-tools" aria-label={m.room_settings_title()}>
      <h2>{m.room_settings_title()}</h2>
      <SettingsForm
        known={known}
        draft={changed}
        onChange={(made) => {
          draft.value = made;
        }}
      />
      <div class="room-tools-go">
        <Button look="primary" final unready={doing.isBusy.value} onPress={() => void save()}>
          {m.room_settings_save()}
        </Button>
        <Button onPress={close}>{m.room_settings_close()}</Button>
      </div>
    </section>
  );
}
