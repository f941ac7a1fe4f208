// Which screen the address asks for. What a race needs is fetched only when a race comes.
import { useEffect, useLayoutEffect } from "preact/hooks";
import { m } from "#/i18n/words";
import { Home } from "#/screens/home/home";
import { later } from "#/screens/later";
import { Missing } from "#/screens/missing/missing";
import { current, loading } from "#/store/current";
import { route } from "#/store/route";
import { Announcer } from "#/ui/announcer";
import { Loading } from "#/ui/cluster";

const race = later(() => import("#/screens/race-screens"));

function Screen() {
  useEffect(() => void race.fetch(), []);
  const chunk = race.found.value;
  const where = route.value;
  if (where.kind === "home") return <Home />;
  if (where.kind === "unknown" || loading.value === "no-such-race") return <Missing why="page" />;
  if (loading.value === "failed") return <Missing why="server" />;
  if (!current.value || !chunk) {
    return (
      <main class="main" id="main">
        <Loading label={m.loading()} />
      </main>
    );
  }
  return <chunk.RaceScreens />;
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
