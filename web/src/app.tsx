// Which screen the address asks for. What a race needs is fetched only when a race comes.
import { useEffect, useLayoutEffect } from "preact/hooks";
import { m } from "#/i18n/words";
import { whenIdle } from "#/platform/page";
import { recall } from "#/platform/storage";
import { TopBar } from "#/screens/frame/top-bar";
import { Home } from "#/screens/home/home";
import { Missing } from "#/screens/missing/missing";
import { racePart, roomPart, showsPart, trainingPart } from "#/screens/parts";
import { Waiting } from "#/screens/waiting";
import type { Route } from "#/store/address";
import { current, loading } from "#/store/current";
import { route } from "#/store/route";
import { EVER_LIKED } from "#/store/shows/ever-liked";
import { Announcer } from "#/ui/announcer";

function Screen() {
  useEffect(() => void racePart.fetch(), []);
  const chunk = racePart.found.value;
  const where = route.value;
  if (where.kind === "home") return <Home />;
  if (isOfRoom(where)) return <RoomLater />;
  if (where.kind === "progress") return <ProgressLater />;
  if (where.kind === "shows") return <ShowsLater />;
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

function ShowsLater() {
  useEffect(() => void showsPart.fetch(), []);
  const chunk = showsPart.found.value;
  return chunk ? <chunk.ShowsScreens /> : <PartWaiting isSite />;
}

/** Whoever likes concerts is told when they open, wherever on the page they are. */
function Reminding() {
  useEffect(() => {
    if (recall(EVER_LIKED)) whenIdle(() => void showsPart.fetch());
  }, []);
  const chunk = showsPart.found.value;
  return chunk ? <chunk.Reminders /> : null;
}

function PartWaiting({ isSite }: { isSite?: boolean }) {
  return (
    <>
      {isSite && <TopBar />}
      <main class="main" id="main">
        <Waiting label={m.loading()} what={m.waiting_part()} />
      </main>
    </>
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
      <Reminding />
      <Announcer />
    </>
  );
}
