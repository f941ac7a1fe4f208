// The lobby: the countdown, the button, and what helps to prepare.
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { isPlausibleDelay } from "#/i18n/format";
import { STEP_WORDS } from "#/i18n/steps";
import { delay, m, number, span, title, wholeSpan } from "#/i18n/words";
import { wallClock } from "#/platform/time";
import { clock, serverNow, tenth } from "#/store/clock";
import { isClockWrong } from "#/store/clock-estimate";
import { plan } from "#/store/current";
import { hasHints } from "#/store/hints";
import { cue, language } from "#/store/settings";
import { stepsAhead } from "#/store/steps";
import { announce, announceNow } from "#/ui/announcer";
import { Button } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { Stage } from "#/ui/stage";
import { Grades } from "../grades";
import { trainingPart } from "../parts";
import { wordsOf } from "../refusals";
import { seatMap } from "../seats/map-later";
import { useRace } from "../with-race";
import { Countdown } from "./countdown";
import { ForwardToOpening } from "./forward";
import { Sealed } from "./sealed";
import "./lobby.css";

/** Said aloud at these many seconds before the opening, and heard at the last three. */
const SAID_AT: readonly number[] = [60, 30, 10, 5];

function useCountdownCues(opensAt: number): void {
  const left = Math.ceil((opensAt - tenth.value) / 1000);
  const isOpen = left <= 0;
  useEffect(() => {
    if (SAID_AT.includes(left)) announce(m.lobby_said({ span: wholeSpan(left) }));
    if (left > 0 && left <= 3) cue("tick");
  }, [left]);
  useEffect(() => {
    if (!isOpen) return;
    cue("opening");
    announceNow(m.lobby_said_open());
  }, [isOpen]);
}

/** A wrong clock is told in the place of what is else told of the clock, which is as high: nothing below it moves. */
function ClockFacts() {
  const known = clock.value;
  if (!known || !isPlausibleDelay(known.errorMs)) {
    return <p class="lobby-clock soft">{m.lobby_clock_unsure()}</p>;
  }
  const { offsetMs } = known;
  if (isClockWrong(known)) {
    return (
      <p class="lobby-clock lobby-gap">
        {offsetMs < 0
          ? m.lobby_clock_ahead({ span: span(offsetMs) })
          : m.lobby_clock_behind({ span: span(offsetMs) })}
      </p>
    );
  }
  return (
    <p class="lobby-clock soft">
      <span>{m.lobby_clock_error({ delay: delay(known.errorMs) })}</span>
      <span>{m.lobby_ping({ delay: delay(known.networkMs) })}</span>
    </p>
  );
}

function PressButton() {
  const store = useRace();
  const refused = useSignal<string | null>(null);
  const lockedUntil = useSignal(0);
  const isBusy = useSignal(false);
  const now = tenth.value;
  const isOpen = now >= store.opensAt.value;
  const lockedMs = lockedUntil.value - now;
  const isFree = isOpen && lockedMs <= 0;
  useEffect(() => {
    // What was said of an early press is over once the button is free.
    if (isFree) refused.value = null;
  }, [isFree]);
  const press = async () => {
    if (isBusy.value || serverNow() < lockedUntil.value) return;
    const pressedAtMs = serverNow();
    isBusy.value = true;
    try {
      const { outcome } = await store.enter();
      if (outcome.kind === "too-early") {
        const { early_lock_ms } = store.style.queue;
        lockedUntil.value = store.state.value.started_at_ms + outcome.locked_until_ms;
        refused.value = early_lock_ms > 0 ? m.lobby_early() : m.lobby_early_free();
      } else {
        // The press that counted: what came too early is no moment of the run.
        store.mark("press", pressedAtMs);
      }
    } catch (error) {
      refused.value = wordsOf(error, store);
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <div class="lobby-press">
      <p class="lobby-refused" role="alert">
        {refused.value}
      </p>
      <Button look="primary" size="large" wide each unready={!isFree} onPress={() => void press()}>
        {lockedMs > 0 ? m.lobby_locked({ span: span(lockedMs) }) : m.lobby_press()}
      </Button>
    </div>
  );
}

/** How long the race lasts, and until when. */
function Ends() {
  const { race, state } = useRace();
  const { opens_at_ms, ends_at_ms } = race;
  return (
    <p class="soft small">
      {m.lobby_ends({
        span: wholeSpan((ends_at_ms - opens_at_ms) / 1000),
        time: wallClock(ends_at_ms + state.value.started_at_ms).time,
      })}
    </p>
  );
}

/** What comes, and the hall: to be looked at before the opening. An exercise has no time for it. */
function Study() {
  const { race, style } = useRace();
  const hall = plan.value;
  const drawn = seatMap.value;
  return (
    <div class="lobby-study">
      <section class="card">
        <h2>{m.lobby_steps()}</h2>
        <ol class="lobby-steps">
          {stepsAhead(style).map((step) => (
            <li key={step}>{STEP_WORDS[step]()}</li>
          ))}
        </ol>
        <p class="soft small">
          {title(style.title)} · {m.lobby_seat_limit({ count: style.seats.seats_max })}
        </p>
        <Ends />
        {(style.queue.refresh === "goes-to-end" ||
          style.queue.refresh_inside === "goes-to-end") && (
          <p class="note" data-tone="warn">
            {m.lobby_tip_refresh()}
          </p>
        )}
      </section>
      <section class="card">
        <h2>{m.lobby_plan()}</h2>
        <p class="soft small">{m.lobby_plan_tip()}</p>
        <div class="lobby-hall">
          {hall && drawn && (
            <drawn.HallOverview plan={hall} states={null} language={language.value} />
          )}
        </div>
        {hall && <Grades plan={hall} label={m.sections_grades()} />}
      </section>
      <Sealed race={race} />
    </div>
  );
}

export function Lobby() {
  const store = useRace();
  const { title: name, rivals, seats, performance } = store.race;
  const hall = plan.value;
  const training = trainingPart.found.value;
  // Changes once, where the tenth of a second would draw the lobby ten times a second.
  const isOpen = useComputed(() => tenth.value >= store.opensAt.value);
  // The ghost of an earlier race is heard of late: its room is there from the first, unless no race was earlier.
  const mayHaveGhost = useMemo(() => !store.race.exercise && !hasHints(store.id), [store]);
  useEffect(() => store.mark("lobby-seen"), [store]);
  useCountdownCues(store.opensAt.value);
  return (
    <Stage class="lobby" go={<PressButton />}>
      <div class="lobby-now">
        <p class="lobby-show">
          <b>{title(name)}</b>
          <span class="soft">
            {[
              // A venue of shows has a name of its own, which its page says.
              hall && performance == null && title(hall.title),
              m.home_seats({ count: number(seats) }),
              // Where there are none, people are among themselves.
              rivals > 0 && m.home_rivals({ count: number(rivals) }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </p>
        <StepHeading class="lobby-title">
          {isOpen.value ? m.lobby_title_open() : m.lobby_title()}
        </StepHeading>
        <Countdown opensAt={store.opensAt.value} lengthMs={store.race.opens_at_ms} />
        <p class="soft">{m.lobby_opening_at({ time: wallClock(store.opensAt.value).time })}</p>
        <ClockFacts />
        <ForwardToOpening />
        {mayHaveGhost && (
          <div class="lobby-room">{training && <training.GhostBefore store={store} />}</div>
        )}
      </div>
      {!store.race.exercise && <Study />}
    </Stage>
  );
}
