import { useEffect } from "preact/hooks";
import type { GoneCause } from "#/api/types";
import { m, number, seatName, won } from "#/i18n/words";
import { goToStep, plan } from "#/store/current";
import { Button } from "#/ui/button";
import { Cluster } from "#/ui/cluster";
import { StepHeading } from "#/ui/heading";
import { start, starting } from "../home/start";
import { fetchReport } from "../report/report-later";
import { useRace } from "../with-race";
import { scenarioOf } from "./again";
import "./done.css";

const GONE_WORDS: Record<GoneCause, { title: () => string; text: () => string }> = {
  "sold-out": { title: m.done_sold_out_title, text: m.done_sold_out_text },
  "hold-ended": { title: m.done_hold_ended_title, text: m.done_hold_ended_text },
  "pass-ended": { title: m.done_pass_ended_title, text: m.done_pass_ended_text },
  left: { title: m.done_left_title, text: m.done_left_text },
  lost: { title: m.done_lost_title, text: m.done_lost_text },
  closed: { title: m.done_closed_title, text: m.done_closed_text },
  "time-over": { title: m.done_time_over_title, text: m.done_time_over_text },
};

function Booked() {
  const { you } = useRace().race.value;
  const hall = plan.value;
  if (you.kind !== "booked" || !hall) return null;
  const { booking, place } = you;
  const facts: [string, string][] = [
    [m.done_seats(), booking.seats.map((seat) => seatName(hall, seat)).join("\n")],
    [m.pay_total(), won(booking.total_won)],
    [m.done_number(), `T${String(booking.id).padStart(6, "0")}`],
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

/** Won or lost: said in a sentence, and the report one press away. */
export function Done() {
  const store = useRace();
  const { you } = store.race.value;
  useEffect(() => void fetchReport(), []);
  const isWon = you.kind === "booked";
  const words = GONE_WORDS[you.kind === "gone" ? you.cause : "time-over"];
  return (
    <div class="done" data-won={isWon || undefined}>
      <div class="done-mark">
        <Cluster filled={isWon ? 1 : 0} size={96} />
      </div>
      <StepHeading>{isWon ? m.done_paid_title() : words.title()}</StepHeading>
      <p class="soft">{isWon ? m.done_paid_text() : words.text()}</p>
      <Booked />
      <div class="done-go">
        <Button look="primary" size="large" wide onPress={() => goToStep("report")}>
          {m.done_report()}
        </Button>
        <Button
          wide
          size="large"
          unready={starting.value === "busy"}
          onPress={() => void start(scenarioOf(store.race.value))}
        >
          {starting.value === "busy" ? m.again_busy() : m.again()}
        </Button>
      </div>
    </div>
  );
}
