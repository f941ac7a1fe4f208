/** Which screen the address asks for. What a race needs is fetched only when a race comes. */

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { m } from "#/i18n/words";
import { Home } from "#/screens/home/home";
import { Missing } from "#/screens/missing/missing";
import { current, loading } from "#/store/current";
import { route } from "#/store/route";
import { Announcer } from "#/ui/announcer";
import { Loading } from "#/ui/cluster";

const fetchRace = () => import("#/screens/race-screens");

function Screen() {
  const [RaceScreens, setRaceScreens] = useState<ComponentType | null>(null);
  useEffect(() => {
    void fetchRace().then((found) => setRaceScreens(() => found.RaceScreens));
  }, []);
  const where = route.value;
  if (where.kind === "home") return <Home />;
  if (where.kind === "unknown" || loading.value === "no-such-race") return <Missing why="page" />;
  if (loading.value === "failed") return <Missing why="server" />;
  if (!current.value || !RaceScreens) {
    return (
      <main class="main" id="main">
        <Loading label={m.loading()} />
      </main>
    );
  }
  return <RaceScreens />;
}

export function App() {
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
