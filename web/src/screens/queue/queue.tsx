// The queue: the place, how it moves, and what a refresh costs.
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { m, number, share, span } from "#/i18n/words";
import { second } from "#/store/clock";
import { askToLeave } from "#/store/current";
import { announce } from "#/ui/announcer";
import { Button } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { isSoon, wordsOfStyle } from "../manner";
import { Window } from "../window";
import { useRace } from "../with-race";
import { expectedRange } from "./expect";
import { isToBeSaid, type Said } from "./spoken";
import "./queue.css";

const SEATS = 20;

function useSpokenPlace(position: number | null): void {
  const said = useRef<Said | null>(null);
  const atMs = second.value;
  useEffect(() => {
    if (position === null || !isToBeSaid(said.current, { atMs, position })) return;
    said.current = { atMs, position };
    announce(m.queue_said({ count: number(position) }));
  }, [atMs, position]);
}

function Passed({ progress }: { progress: number }) {
  return (
    <div
      class="queue-line"
      role="progressbar"
      aria-label={m.queue_passed()}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(progress * 100)}
    >
      {Array.from({ length: SEATS }, (_, seat) => (
        <span key={seat} data-filled={seat < Math.floor(progress * SEATS) || undefined} />
      ))}
    </div>
  );
}

function Expectation({ position }: { position: number }) {
  const { pace } = useRace();
  const range = expectedRange(position, pace.value);
  if (!range) return <>{m.queue_counting()}</>;
  return <>{m.queue_expect_value({ low: span(range.lowMs), high: span(range.highMs) })}</>;
}

function Facts({ position, behind }: { position: number; behind: number }) {
  const store = useRace();
  const { counts, pace, race } = store;
  const rate = pace.value;
  const facts: [string, string | preact.JSX.Element][] = [
    [m.queue_ahead(), m.queue_people({ count: number(counts.value.waiting) })],
    [m.queue_behind(), m.queue_people({ count: number(behind) })],
    [
      m.queue_rate(),
      rate ? m.queue_rate_value({ count: number(rounded(rate)) }) : m.queue_counting(),
    ],
    [m.queue_expect(), <Expectation key="expect" position={position} />],
    [m.queue_sold(), share(counts.value.sold / Math.max(1, race.seats))],
  ];
  return (
    <dl class="queue-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A slow queue moves by less than one a second, which is not nothing. */
function rounded(rate: number): number {
  return rate >= 1 ? Math.round(rate) : Math.max(0.1, Math.round(rate * 10) / 10);
}

function RefreshCost({ behind }: { behind: number }) {
  const style = useRace().style;
  if (style.queue.refresh === "keeps") return <p class="note">{m.queue_keeps()}</p>;
  return (
    <p class="note" data-tone="warn">
      {wordsOfStyle(style).queue.warning()}
      {behind > 0 && (
        <>
          <br />
          <b>{m.queue_refresh_cost({ count: number(behind) })}</b>
        </>
      )}
    </p>
  );
}

/** How far one has come since one first saw one's place, from 0 to 1. */
function useProgress(position: number | null): number {
  const first = useSignal<number | null>(null);
  useEffect(() => {
    if (position !== null) first.value = Math.max(first.value ?? position, position);
  }, [position]);
  const whole = first.value ?? position ?? 1;
  return position === null ? 0 : (whole - position) / Math.max(1, whole);
}

/** Before the lottery nobody has a place. */
function Pooled() {
  return (
    <>
      <StepHeading>{m.queue_pooled()}</StepHeading>
      <p class="soft">{m.queue_pooled_text()}</p>
    </>
  );
}

function Standing({ position, behind }: { position: number | null; behind: number }) {
  const progress = useProgress(position);
  const words = wordsOfStyle(useRace().style).queue;
  return (
    <>
      {words.notice && (
        <p class="queue-state">
          {words.notice.state()} <span class="queue-badge">{words.notice.delay()}</span>
        </p>
      )}
      <StepHeading class="queue-title">{words.title()}</StepHeading>
      <p class="queue-place">
        {words.placeName && <span class="queue-place-name">{words.placeName()}</span>}
        {position === null ? "–" : words.place(number(position))}
      </p>
      <Passed progress={progress} />
      <p class="queue-words" data-soon={isSoon(progress) || undefined}>
        {words.text(position, progress)}
      </p>
      <Facts position={position ?? 0} behind={behind} />
    </>
  );
}

export function Queue() {
  const store = useRace();
  const place = store.place.value;
  const isPooled = useComputed(() => store.state.value.you.kind === "pooled");
  const position = isPooled.value ? null : (place?.position ?? null);
  const behind = place?.behind ?? 0;
  useEffect(() => store.mark("queue-seen"), [store]);
  useSpokenPlace(position);
  return (
    <Window>
      {isPooled.value ? <Pooled /> : <Standing position={position} behind={behind} />}
      <RefreshCost behind={behind} />
      <Button look="quiet" onPress={() => askToLeave("report")}>
        {m.queue_stop()}
      </Button>
    </Window>
  );
}
