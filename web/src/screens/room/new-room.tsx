// The form for a new room.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { newRoom } from "#/api/rooms";
import { m } from "#/i18n/words";
import { roomPath } from "#/store/address";
import { serverNow } from "#/store/clock";
import { catalogue, loadCatalogue } from "#/store/library";
import { goTo } from "#/store/route";
import { Button } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { Stage } from "#/ui/stage";
import { Waiting } from "../waiting";
import { useDoing } from "./doing";
import { NameField, useName } from "./name-field";
import { RoomFrame } from "./room-frame";
import { type Draft, newDraft, settingsOf } from "./settings";
import { SettingsForm } from "./settings-form";
import { Trouble } from "./trouble";

export function NewRoom() {
  useEffect(() => void loadCatalogue(), []);
  const known = catalogue.value;
  const changed = useSignal<Draft | null>(null);
  const doing = useDoing();
  const name = useName();
  if (!known) {
    return (
      <RoomFrame>
        <Waiting label={m.loading()} what={m.room_waiting()} />
      </RoomFrame>
    );
  }
  const draft = changed.value ?? newDraft(known, serverNow());
  const create = async () => {
    const called = name.take();
    const settings = settingsOf(draft, serverNow());
    if (!settings) doing.trouble.value = m.room_start_time_wrong();
    if (!called || !settings) return;
    await doing.run(async () => {
      const { code } = await newRoom(settings, called);
      // The form is not to be come back to: it would make a second room.
      goTo(roomPath(code), "replace");
    });
  };
  const go = (
    <>
      <Trouble of={doing} />
      <Button look="primary" size="large" wide final submit unready={doing.isBusy.value}>
        {doing.isBusy.value ? m.room_creating() : m.room_create()}
      </Button>
    </>
  );
  return (
    <RoomFrame>
      <Stage class="room-new" go={go} onSubmit={() => void create()}>
        <div>
          <StepHeading>{m.room_new_title()}</StepHeading>
          <p class="soft">{m.room_new_line()}</p>
        </div>
        <NameField of={name} />
        <SettingsForm
          known={known}
          draft={draft}
          onChange={(made) => {
            changed.value = made;
          }}
        />
      </Stage>
    </RoomFrame>
  );
}
