// A race seen from outside: the hall as it empties, and where everybody is. Made for a projector too.

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Room, WatchPerson } from "#/api/room-types";
import { m, number, title } from "#/i18n/words";
import { addressOf, host } from "#/platform/sharing";
import { racePath, roomPath } from "#/store/address";
import { second } from "#/store/clock";
import type { RoomStore } from "#/store/room";
import { goTo } from "#/store/route";
import { WatchStore } from "#/store/watch";
import { announce } from "#/ui/announcer";
import { Button } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { Stage } from "#/ui/stage";
import { mapPart } from "../parts";
import { Qr } from "../qr/qr-later";
import { RoomCountdown } from "./facts";
import { nameOf, PeopleSteps } from "./people-steps";
import { RoomFrame } from "./room-frame";
import { WatchHall } from "./watch-hall";
import "./watch.css";

type WatchProps = { store: RoomStore; room: Room };

export function WatchPage({ store, room }: WatchProps) {
  const isRacing = store.me.value?.run === "in";
  return (
    <RoomFrame wide isBroken={store.link.value === "broken"}>
      {isRacing ? (
        <StillRacing room={room} />
      ) : room.race === null ? (
        <NotBegun store={store} room={room} />
      ) : (
        <Watching key={room.race} store={store} race={room.race} room={room} />
      )}
    </RoomFrame>
  );
}

/** Whoever is still in the sale would see the map before they are inside. */
function StillRacing({ room }: { room: Room }) {
  return (
    <Stage
      class="missing"
      go={
        <Button
          final
          look="primary"
          onPress={() => room.race && goTo(racePath(room.race, "lobby"))}
        >
          {m.room_go()}
        </Button>
      }
    >
      <StepHeading>{m.watch_refused()}</StepHeading>
      <p class="soft">{m.room_refused_racing()}</p>
    </Stage>
  );
}

/** On a projector it scrolls by itself: arrow keys must reach it then. */
function Scrolling({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys
    <section class="watch-people" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

function NotBegun({ store, room }: WatchProps) {
  return (
    <div class="watch">
      <header class="watch-head">
        <StepHeading>{title(room.title)}</StepHeading>
        <p class="soft">{m.watch_before()}</p>
        <RoomCountdown room={room} />
      </header>
      <Scrolling label={m.room_people()}>
        <h2>
          {m.room_people()}{" "}
          <span class="soft">{m.room_people_count({ count: number(room.member_count) })}</span>
        </h2>
        <ul class="watch-names">
          {room.members.map(({ number: at, name }) => (
            <li key={at}>
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      </Scrolling>
      <Join room={room} />
      <Links store={store} room={room} />
    </div>
  );
}

/** How to come in, for who looks at the projector. */
function Join({ room }: { room: Room }) {
  if (room.door === "closed") return null;
  return (
    <aside class="watch-join">
      <Qr text={addressOf(roomPath(room.code))} label={m.room_qr_label()} />
      <p>
        <b>{m.watch_join()}</b>
        <span class="small soft">{host()}</span>
      </p>
    </aside>
  );
}

function Links({ store, room }: WatchProps) {
  const { race, stage } = room;
  const me = store.me.value;
  const isToPlay = me !== null && me.run === "away" && ["counting", "running"].includes(stage);
  return (
    <nav class="watch-links">
      {isToPlay && race !== null && (
        <Button look="primary" onPress={() => goTo(racePath(race, "lobby"))}>
          {m.room_go()}
        </Button>
      )}
      {race !== null && (
        <Button onPress={() => goTo(roomPath(room.code, "results"))}>{m.room_results()}</Button>
      )}
      <Button onPress={() => goTo(roomPath(room.code))}>{m.room_back()}</Button>
    </nav>
  );
}

/** Long enough for one to be read out before the next. */
const SAID_EVERY_MS = 5_000;

/** Says who has booked, several at once and not too often. */
function useBookedSaid(people: readonly WatchPerson[]): void {
  const said = useRef({ members: new Set<number>(), atMs: 0 });
  useEffect(() => {
    const { members, atMs } = said.current;
    const fresh = people.filter(({ step, member }) => step === "booked" && !members.has(member));
    if (fresh.length === 0 || second.value - atMs < SAID_EVERY_MS) return;
    said.current.atMs = second.value;
    for (const { member } of fresh) members.add(member);
    const names =
      fresh.length > 3
        ? m.room_people_count({ count: number(fresh.length) })
        : fresh.map(nameOf).join(", ");
    announce(`${names}: ${m.watch_booked()}`);
  }, [people]);
}

function Watching({ store, room, race }: WatchProps & { race: string }) {
  const watched = useSignal<WatchStore | null>(null);
  useEffect(() => {
    const opened = new WatchStore(race);
    watched.value = opened;
    void mapPart.fetch();
    return () => opened.close();
  }, []);
  const state = watched.value?.state.value ?? null;
  useBookedSaid(state?.people ?? []);
  return (
    <div class="watch">
      <header class="watch-head">
        <StepHeading>{title(room.title)}</StepHeading>
        <RoomCountdown room={room} />
        {state && <Facts counts={state.counts} people={state.people} />}
      </header>
      <WatchHall room={room} store={watched.value} />
      <Scrolling label={m.watch_people()}>
        <h2>{m.watch_people()}</h2>
        {state ? (
          <PeopleSteps people={state.people} more={state.more} />
        ) : (
          <p class="soft">{m.loading()}</p>
        )}
      </Scrolling>
      <Join room={room} />
      <Links store={store} room={room} />
    </div>
  );
}

type FactsProps = Pick<NonNullable<WatchStore["state"]["value"]>, "counts" | "people">;

function Facts({ counts, people }: FactsProps) {
  const booked = people.filter(({ step }) => step === "booked").length;
  const facts = [
    [m.watch_left(), counts.free],
    [m.watch_queue(), counts.waiting],
    [m.watch_inside(), counts.inside],
    [m.watch_booked_count(), booked],
  ] as const;
  return (
    <dl class="watch-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{number(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
