// What a room plays, and when: the show, its hall, demand and style, and the countdown.
import { useEffect } from "preact/hooks";
import type { Room } from "#/api/room-types";
import { formatClock } from "#/i18n/format";
import { m, number, title } from "#/i18n/words";
import { second } from "#/store/clock";
import { catalogue, loadCatalogue } from "#/store/library";
import { choiceOf } from "./settings";

export function RoomFacts({ room }: { room: Room }) {
  useEffect(() => void loadCatalogue(), []);
  const known = catalogue.value;
  const choice = known && choiceOf(room, known);
  const plan = known?.plans.find(({ name }) => name === choice?.plan);
  const demand = known?.demands.find(({ name }) => name === choice?.demand);
  const style = known?.styles.find(({ name }) => name === choice?.style);
  const facts = [
    plan && `${title(plan.title)} ${m.home_seats({ count: number(plan.seats) })}`,
    demand && m.home_rivals({ count: number(demand.rivals) }),
    style && title(style.title),
  ].filter(Boolean);
  return (
    <p class="room-facts">
      <b>{title(room.title)}</b>
      <span class="soft">{facts.join(" · ")}</span>
    </p>
  );
}

type Countdown = { untilMs: number; isStart: boolean };

/** What is counted down to: the start, as long as it is to come, then the opening. Null if there is nothing to come. */
function countdownOf(room: Room, nowMs: number): Countdown | null {
  const { starts_at_ms, opens_at_ms } = room;
  if (room.stage === "over") return null;
  if (starts_at_ms !== null && nowMs < starts_at_ms) {
    return { untilMs: starts_at_ms, isStart: true };
  }
  if (opens_at_ms !== null && nowMs < opens_at_ms) return { untilMs: opens_at_ms, isStart: false };
  return null;
}

export function RoomCountdown({ room }: { room: Room }) {
  const counted = countdownOf(room, second.value);
  if (!counted) return null;
  const { untilMs, isStart } = counted;
  return (
    <div class="room-countdown">
      <p class="soft">{isStart ? m.room_until_start() : m.room_until_open()}</p>
      <p class="room-count" role="timer" aria-live="off">
        {formatClock(untilMs - second.value)}
      </p>
    </div>
  );
}
