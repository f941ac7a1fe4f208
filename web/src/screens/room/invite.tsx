// How others come into a room: its link, to be copied or sent, and its QR code.
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Room } from "#/api/room-types";
import { formatMoment } from "#/i18n/moments";
import { m, title } from "#/i18n/words";
import { isSecure } from "#/platform/installing";
import { addressOf, canShare, copy, share } from "#/platform/sharing";
import { roomPath } from "#/store/address";
import { language } from "#/store/settings";
import { Button } from "#/ui/button";
import { Qr } from "../qr/qr-later";

export function Invite({ room }: { room: Room }) {
  const field = useRef<HTMLInputElement>(null);
  const said = useSignal("");
  const url = addressOf(roomPath(room.code));
  const copyLink = async () => {
    if (!field.current) return;
    said.value = (await copy(field.current)) ? m.room_copied() : m.room_copy_failed();
  };
  return (
    <section class="card invite">
      <h2>{m.room_share_title()}</h2>
      <Qr text={url} label={m.room_qr_label()} />
      <div class="invite-link">
        <input
          ref={field}
          class="input"
          type="text"
          readOnly
          value={url}
          aria-label={m.room_link()}
          onFocus={(event) => event.currentTarget.select()}
        />
        <div class="invite-go">
          <Button onPress={() => void copyLink()}>{m.room_copy()}</Button>
          {canShare() && (
            <Button
              onPress={() =>
                void share({ title: title(room.title), text: m.room_send_text(), url })
              }
            >
              {m.room_send()}
            </Button>
          )}
        </div>
        <p class="small" role="status">
          {said}
        </p>
        <p class="small soft">
          {m.room_until({ time: formatMoment(language.value, room.expires_at_ms) })}{" "}
          {!isSecure && m.room_send_insecure()}
        </p>
      </div>
    </section>
  );
}
