// The end of a race, won or lost.
import { useEffect, useMemo } from "preact/hooks";
import type { Race } from "#/api/types";
import { bookingNumber } from "#/i18n/booking-number";
import { GONE_WORDS } from "#/i18n/gone";
import { m, number, seatName, title, won } from "#/i18n/words";
import { bookingPath, roomPath, showOf, wayBack } from "#/store/address";
import { noteFinishedRace } from "#/store/app";
import { goToStep, plan } from "#/store/current";
import { roomOfRace } from "#/store/known-rooms";
import { goTo } from "#/store/route";
import { language } from "#/store/settings";
import { Button } from "#/ui/button";
import { Cluster } from "#/ui/cluster";
import { StepHeading } from "#/ui/heading";
import { Stage } from "#/ui/stage";
import { isStarting } from "../home/start";
import { StartTrouble } from "../home/start-trouble";
import { reportPart, trainingPart } from "../parts";
import { fetchReport } from "../report/report-later";
import { TakenFact } from "../taken";
import { takenOf } from "../taken-of";
import { Waiting } from "../waiting";
import { useRace } from "../with-race";
import { startAgain } from "./again";
import "./done.css";

function Booked() {
  const { race, state } = useRace();
  const { you } = state.value;
  const hall = plan.value;
  if (you.kind !== "booked" || !hall) return null;
  const { booking, place } = you;
  const facts: [string, string][] = [
    [m.done_seats(), booking.seats.map((seat) => seatName(hall, seat)).join("\n")],
    [m.pay_total(), won(booking.total_won)],
    [m.done_number(), bookingNumber(race.performance, booking.id)],
  ];
  if (place !== null) facts.push([m.done_place(), number(place)]);
  return (
    <dl class="done-facts card">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The picture of a win comes with the report's part: until then there is nothing to share. */
function Share() {
  const { race, state, seats } = useRace();
  const { you } = state.value;
  const part = reportPart.found.value;
  const win = useMemo(
    () =>
      you.kind === "booked"
        ? {
            show: title(race.title),
            seats: you.booking.seats,
            states: seats.states,
            place: you.place,
            spanMs: you.booking.paid_at_ms - race.opens_at_ms,
            free: null,
          }
        : null,
    [you, seats, language.value],
  );
  return part && win && <part.WinShare win={win} />;
}

function Onward() {
  const { race, state } = useRace();
  const { you } = state.value;
  const isBusy = isStarting.value;
  const room = roomOfRace(race.id);
  return (
    <div class="done-go">
      <Button look="primary" size="large" wide final onPress={() => goToStep("report")}>
        {m.done_report()}
      </Button>
      {you.kind === "booked" && race.performance != null && (
        <Button wide size="large" onPress={() => goTo(bookingPath(race.id, you.booking.id))}>
          {m.ticket_show()}
        </Button>
      )}
      {room ? (
        // Who plays in a room watches the others, and goes on from there.
        <Button wide size="large" onPress={() => goTo(roomPath(room, "watch"))}>
          {m.room_watch()}
        </Button>
      ) : race.performance !== null ? null : (
        <Button wide final size="large" unready={isBusy} onPress={() => void startAgain(race)}>
          {isBusy ? m.again_busy() : m.again()}
        </Button>
      )}
      {showOf(race) && (
        <Button wide final size="large" onPress={() => goTo(wayBack(race))}>
          {m.done_concert()}
        </Button>
      )}
      <StartTrouble />
    </div>
  );
}

/** Whoever came away without seats is told where the seats are. */
function Gone() {
  const { race, state } = useRace();
  const { you, counts } = state.value;
  const taken = takenOf(race.seats, counts.free, counts.sold);
  if (you.kind !== "gone" || taken.free === race.seats) return null;
  return (
    <dl class="done-facts card">
      <TakenFact taken={taken} />
    </dl>
  );
}

/** The end of a race, or of an exercise, which has a score instead. */
export function Done() {
  const store = useRace();
  const { exercise } = store.race;
  const training = trainingPart.found.value;
  if (!exercise) return <RaceEnd />;
  if (!training) return <Waiting label={m.loading()} what={m.waiting_part()} />;
  return <training.ExerciseResult store={store} exercise={exercise} />;
}

/** A sale with rivals is practice, also that of a performance. */
const paidText = ({ performance, rivals }: Race) =>
  performance !== null && rivals === 0 ? m.ticket_issued() : m.done_paid_text();

/** Won or lost: said in a sentence, and the report one press away. */
function RaceEnd() {
  const store = useRace();
  const { you } = store.state.value;
  useEffect(() => void fetchReport(), []);
  useEffect(noteFinishedRace, []);
  const isWon = you.kind === "booked";
  const words = GONE_WORDS[you.kind === "gone" ? you.cause : "time-over"];
  return (
    <Stage class={isWon ? "done done-won" : "done"} go={<Onward />}>
      <div class="done-mark">
        <Cluster filled={isWon ? 1 : 0} size={96} />
      </div>
      <StepHeading>{isWon ? m.done_paid_title() : words.title()}</StepHeading>
      <p class="soft">{isWon ? paidText(store.race) : words.text()}</p>
      <Booked />
      <Gone />
      <Share />
    </Stage>
  );
}
