// Which screen the address asks for. What a race needs is fetched only when a race comes.
import { useEffect, useLayoutEffect } from "preact/hooks";
import { m } from "#/i18n/words";
import { Home } from "#/screens/home/home";
import { Missing } from "#/screens/missing/missing";
import { racePart, roomPart, trainingPart } from "#/screens/parts";
import { Waiting } from "#/screens/waiting";
import type { Route } from "#/store/address";
import { current, loading } from "#/store/current";
import { route } from "#/store/route";
import { Announcer } from "#/ui/announcer";

function Screen() {
  useEffect(() => void racePart.fetch(), []);
  const chunk = racePart.found.value;
  const where = route.value;
  if (where.kind === "home") return <Home />;
  if (isOfRoom(where)) return <RoomLater />;
  if (where.kind === "progress") return <ProgressLater />;
  if (where.kind === "unknown" || loading.value === "no-such-race") return <Missing why="page" />;
  if (loading.value === "failed") return <Missing why="server" />;
  if (!current.value || !chunk) {
    return (
      <main class="main" id="main">
        <Waiting label={m.loading()} what={current.value ? m.waiting_part() : m.waiting_race()} />
      </main>
    );
  }
  return <chunk.RaceScreens />;
}

const isOfRoom = ({ kind }: Route) =>
  kind === "room" || kind === "new-room" || kind === "hand-over";

function RoomLater() {
  useEffect(() => void roomPart.fetch(), []);
  const chunk = roomPart.found.value;
  return chunk ? <chunk.RoomScreens /> : <PartWaiting />;
}

function ProgressLater() {
  useEffect(() => void trainingPart.fetch(), []);
  const chunk = trainingPart.found.value;
  return chunk ? <chunk.ProgressPage /> : <PartWaiting />;
}

function PartWaiting() {
  return (
    <main class="main" id="main">
      <Waiting label={m.loading()} what={m.waiting_part()} />
    </main>
  );
}

export function App() {
  useLayoutEffect(() => {
    document.title = m.page_title();
  });
  return (
    <>
      <a class="skip" href="#main">
        {m.skip()}
      </a>
      <Screen />
      <Announcer />
    </>
  );
}
