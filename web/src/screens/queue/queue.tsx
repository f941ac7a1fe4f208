// The queue: the place, how it moves, and what a refresh costs.
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { m, number, wholeSpan } from "#/i18n/words";
import { second } from "#/store/clock";
import { askToLeave } from "#/store/current";
import type { PaceSeen } from "#/store/pace";
import { announce } from "#/ui/announcer";
import { Button } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { Forward } from "../frame/forward";
import { isSoon, wordsOfStyle } from "../manner";
import { trainingPart } from "../parts";
import { TakenFact } from "../taken";
import { takenOf } from "../taken-of";
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

/** Nothing is expected of a place that is not known yet. */
function expectation(position: number | null, pace: PaceSeen | null): string {
  const range = position === null ? null : expectedRange(position, pace);
  if (!range) return m.queue_counting();
  const { lowMs, highMs } = range;
  return m.queue_expect_value({ low: wholeSpan(lowMs / 1000), high: wholeSpan(highMs / 1000) });
}

type FactsProps = { position: number | null; behind: number };

function Facts({ position, behind }: FactsProps) {
  const store = useRace();
  const { counts, pace, race } = store;
  const rate = pace.value?.perSecond;
  const facts: [string, string][] = [
    [m.queue_ahead(), m.queue_people({ count: number(counts.value.waiting) })],
    [m.queue_behind(), m.queue_people({ count: number(behind) })],
    [
      m.queue_rate(),
      rate ? m.queue_rate_value({ count: number(rounded(rate)) }) : m.queue_counting(),
    ],
    [m.queue_expect(), expectation(position, pace.value)],
  ];
  return (
    <dl class="queue-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <TakenFact taken={takenOf(race.seats, counts.value.free, counts.value.sold)} />
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
    <div class="queue-now">
      <StepHeading>{m.queue_pooled()}</StepHeading>
      <p class="soft">{m.queue_pooled_text()}</p>
    </div>
  );
}

function Standing({ position }: { position: number | null }) {
  const progress = useProgress(position);
  const words = wordsOfStyle(useRace().style).queue;
  return (
    <div class="queue-now">
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
    </div>
  );
}

/** A wait that is as good as over is not worth skipping. */
const SKIPPED_MS_MIN = 8_000;

/** Skips to one's turn, where one is alone and it is not near; where nothing is free, beside the other way out. */
function Skip({ position }: { position: number | null }) {
  const store = useRace();
  const training = trainingPart.found.value;
  const range = position === null ? null : expectedRange(position, store.pace.value);
  const isFar = position !== null && (range === null || range.highMs > SKIPPED_MS_MIN);
  const forward = isFar && (
    <Forward look="plain" store={store} to="turn" words={m.forward_turn()} />
  );
  if (!training || store.counts.value.free > 0 || store.race.exercise) return forward || null;
  return <training.SoldOut isQueue store={store} forward={forward} />;
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
      {isPooled.value ? <Pooled /> : <Standing position={position} />}
      <div class="queue-rest">
        {!isPooled.value && <Facts position={position} behind={behind} />}
        <RefreshCost behind={behind} />
        <Skip position={position} />
        <Button look="quiet" final onPress={() => askToLeave("report")}>
          {m.queue_stop()}
        </Button>
      </div>
    </Window>
  );
}
