// The screens of rooms, fetched when an address asks for one: a new room, a room, its watchers, its results, and the
// page that takes over from another browser.
import { useEffect, useMemo } from "preact/hooks";
import { m, number } from "#/i18n/words";
import { racePath } from "#/store/address";
import { RoomStore } from "#/store/room";
import type { News } from "#/store/room-news";
import { goTo, route } from "#/store/route";
import { announce } from "#/ui/announcer";
import { Waiting } from "../waiting";
import { HandOverPage } from "./hand-over";
import { NewRoom } from "./new-room";
import { OthersReport } from "./others-report";
import { ResultsPage } from "./results";
import { RoomFrame } from "./room-frame";
import { Removed, RoomMissing } from "./room-missing";
import { RoomPage } from "./room-page";
import { WatchPage } from "./watch";
import "./room.css";

export function RoomScreens() {
  const where = route.value;
  switch (where.kind) {
    case "new-room":
      return <NewRoom />;
    case "hand-over":
      return <HandOverPage />;
    case "room":
      return <OneRoom key={where.code} {...where} />;
    default:
      return null;
  }
}

function wordsOfNews(news: News): string | null {
  switch (news.kind) {
    case "joined": {
      const [name = ""] = news.names;
      return news.names.length === 1
        ? m.room_said_joined({ name })
        : m.room_said_joined_many({ count: number(news.names.length) });
    }
    case "host":
      return news.isYou ? m.room_said_host_you() : m.room_said_host({ name: news.name });
    case "started":
      return m.room_said_started();
    case "reopened":
      return m.room_reopened();
    case "removed":
      // The screen that comes takes the focus and says it.
      return null;
  }
}

function sayNews(all: News[]): void {
  const words = all.map(wordsOfNews).filter((said) => said !== null);
  if (words.length > 0) announce(words.join(" "));
}

type Where = Extract<typeof route.value, { kind: "room" }>;

/** One store for all views of a room, so that going from one to another asks for nothing anew. */
function OneRoom({ code, view, member }: Where) {
  const store = useMemo(() => new RoomStore(code, sayNews), []);
  useEffect(() => {
    void store.open();
    return () => store.close();
  }, []);
  const room = store.room.value;
  // Who watches stays: the page may be on a projector, opened by somebody who plays in another tab.
  const isLed = view !== "watch";
  useEffect(() => {
    const race = isLed ? store.takeRace() : null;
    if (race) goTo(racePath(race, "lobby"));
  }, [room, isLed]);
  if (store.isMissing.value) return <RoomMissing />;
  if (store.isRemoved.value) return <Removed />;
  if (!room) {
    return (
      <RoomFrame>
        <Waiting label={m.loading()} what={m.room_waiting()} />
      </RoomFrame>
    );
  }
  const about = { store, room };
  if (view === "watch") return <WatchPage {...about} />;
  if (view === "room") return <RoomPage {...about} />;
  return member === null ? <ResultsPage {...about} /> : <OthersReport {...about} member={member} />;
}
