// What one has practised: the last runs with their reports, one's times, and the rooms that one is in.
import { useEffect } from "preact/hooks";
import { getMyRooms } from "#/api/account";
import type { MyRoom } from "#/api/account-types";
import { dayIn, formatDate, ownZone } from "#/i18n/venue-time";
import { m, title } from "#/i18n/words";
import { roomPath } from "#/store/address";
import { serverNow } from "#/store/clock";
import { follow } from "#/store/route";
import { language } from "#/store/settings";
import { homePart } from "../parts";
import { ToldOrNot } from "../shows/told-or-not";
import { useTold } from "../shows/use-told";

const day = (ms: number) => dayIn(ms, ownZone());
const dayOf = (ms: number) => formatDate(language.value, day(ms), day(serverNow()));

export function PracticePart() {
  // The last runs are the first page's.
  useEffect(() => void homePart.fetch(), []);
  const part = homePart.found.value;
  return (
    <>
      {part && <part.LastRuns />}
      <Rooms />
    </>
  );
}

function Rooms() {
  return (
    <section class="me-part">
      <h2>{m.me_rooms()}</h2>
      <ToldOrNot {...useTold(getMyRooms)}>
        {({ rooms }) => (rooms.length === 0 ? <NoRooms /> : <RoomList rooms={rooms} />)}
      </ToldOrNot>
    </section>
  );
}

function NoRooms() {
  return (
    <>
      <p class="note">{m.me_rooms_none()}</p>
      <a class="button" href="/room" onClick={follow}>
        {m.together_new()}
      </a>
    </>
  );
}

function RoomList({ rooms }: { rooms: readonly MyRoom[] }) {
  return (
    <ul class="runs">
      {rooms.map((room) => (
        <li key={room.code}>
          <a class="run" href={roomPath(room.code)} onClick={follow}>
            <span class="run-title">{title(room.title)}</span>
            <span class="run-end">{`${room.name} · ${dayOf(room.changed_ms)}`}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
