// Which screen the address asks for. What a race needs is fetched only when a race comes.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { m } from "#/i18n/words";
import { whenIdle } from "#/platform/page";
import { recall } from "#/platform/storage";
import { Home } from "#/screens/home/home";
import type { Later as LaterPart } from "#/screens/later";
import { Missing } from "#/screens/missing/missing";
import { racePart, roomPart, showsPart, trainingPart } from "#/screens/parts";
import { Waiting } from "#/screens/waiting";
import type { Route } from "#/store/address";
import { current, loading } from "#/store/current";
import { route } from "#/store/route";
import { EVER_ENTERED, EVER_LIKED } from "#/store/shows/ever-liked";
import { Announcer } from "#/ui/announcer";

function Screen() {
  useEffect(() => void racePart.fetch(), []);
  const chunk = racePart.found.value;
  const where = route.value;
  if (where.kind === "home") return <Home />;
  if (isOfRoom(where))
    return <Later key="room" part={roomPart} show={({ RoomScreens }) => <RoomScreens />} />;
  if (where.kind === "progress")
    return (
      <Later key="training" part={trainingPart} show={({ ProgressPage }) => <ProgressPage />} />
    );
  if (where.kind === "shows")
    return <Later key="shows" part={showsPart} show={({ ShowsScreens }) => <ShowsScreens />} />;
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

type LaterProps<T> = { part: LaterPart<T>; show: (part: T) => ComponentChildren };

function Later<T>({ part, show }: LaterProps<T>) {
  useEffect(() => void part.fetch(), [part]);
  const chunk = part.found.value;
  if (chunk) return show(chunk);
  return (
    <main class="main" id="main">
      <Waiting label={m.loading()} what={m.waiting_part()} />
    </main>
  );
}

/** Whoever likes concerts or waits for a seat is told of openings and seats, wherever on the page they are. */
function Reminding() {
  useEffect(() => {
    if (recall(EVER_LIKED) ?? recall(EVER_ENTERED)) whenIdle(() => void showsPart.fetch());
  }, []);
  const chunk = showsPart.found.value;
  return chunk ? <chunk.Notices /> : null;
}

export function App() {
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
