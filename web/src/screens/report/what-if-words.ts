// What would have come of a run with a step at another time, in sentences.
import type { Fault, Plan, RunOutcome, StepChange, StepKey, WhatIf } from "#/api/types";
import { m, number, seatName, span } from "#/i18n/words";

type Words = (inputs: { span: string }) => string;

/** The steps that can be given another time: what a person does, and the page that carries the press. */
type Changed = Exclude<StepKey, "admitted">;

const FIRST: Record<Changed, Words> = {
  press: m.whatif_first_press,
  placed: m.whatif_first_page,
  captcha: m.whatif_first_captcha,
  "first-seat": m.whatif_first_seat,
  held: m.whatif_first_held,
  paid: m.whatif_first_paid,
};

const LAST: Record<Changed, Words> = {
  press: m.whatif_last_press,
  placed: m.whatif_last_page,
  captcha: m.whatif_last_captcha,
  "first-seat": m.whatif_last_seat,
  held: m.whatif_last_held,
  paid: m.whatif_last_paid,
};

/** Some faults are more than a late step: the condition names what was done besides. */
const LAST_AFTER: Partial<Record<Fault, { step: Changed; words: Words }>> = {
  "early-press": { step: "press", words: m.whatif_last_early },
  refresh: { step: "press", words: m.whatif_last_refresh },
  "missed-captcha": { step: "captcha", words: m.whatif_last_missed },
};

const isChanged = (step: StepKey): step is Changed => step in LAST;

/** "0.5초에 눌렀다면": the changed steps as a condition. */
export function conditionOf(changes: readonly StepChange[], fault: Fault = "none"): string {
  const known = changes.filter((change): change is StepChange & { step: Changed } =>
    isChanged(change.step),
  );
  const [first, second] = known;
  if (!first || known.length > 2 || known.length < changes.length) return m.whatif_many();
  const of = ({ to_ms }: StepChange) => ({ span: span(to_ms) });
  if (second) {
    return m.whatif_two({
      first: FIRST[first.step](of(first)),
      second: LAST[second.step](of(second)),
    });
  }
  const special = LAST_AFTER[fault];
  const words = special?.step === first.step ? special.words : LAST[first.step];
  return m.whatif_one({ step: words(of(first)) });
}

/** The seats of an outcome in few words; null without seats, or before the plan has come. */
export function seatsOf(plan: Plan | null, seats: readonly number[]): string | null {
  const [first] = seats;
  if (!plan || first === undefined) return null;
  const seat = seatName(plan, first);
  if (!seat) return null;
  return seats.length === 1 ? seat : m.verdict_seats({ seat, count: number(seats.length) });
}

/** The whole sentence: the condition, and what would have come of it. */
export function sentenceOf(whatIf: WhatIf, plan: Plan | null, fault: Fault = "none"): string {
  const condition = conditionOf(whatIf.changes, fault);
  if (whatIf.gain === "none") return m.then_same({ condition });
  if (whatIf.gain === "worse") return m.then_worse({ condition });
  const { outcome, changes } = whatIf;
  return (
    (changes.some(givesPlace) && placeThen(condition, outcome)) ||
    seatThen(condition, outcome, plan) ||
    m.then_same({ condition })
  );
}

/** The press, and the page that carries it, decide the place. */
const givesPlace = ({ step }: StepChange) => step === "press" || step === "placed";

function placeThen(condition: string, { place, free_on_admission: free, held }: RunOutcome) {
  if (place === null) return null;
  const at = { condition, place: number(place) };
  if (free === null) return m.then_place(at);
  if (free > 0) return m.then_place_free({ ...at, free: number(free) });
  return held ? m.then_place_back(at) : m.then_place_none(at);
}

function seatThen(condition: string, outcome: RunOutcome, plan: Plan | null) {
  const seat = seatsOf(plan, outcome.seats);
  if (outcome.paid) {
    return seat ? m.then_booked({ condition, seat }) : m.then_booked_some({ condition });
  }
  if (outcome.held) {
    return seat ? m.then_held({ condition, seat }) : m.then_held_some({ condition });
  }
  const best = bestOf(outcome, plan);
  if (best) return m.then_best({ condition, seat: best });
  if (outcome.free_then) return m.then_free({ condition, free: number(outcome.free_then) });
  return placeThen(condition, outcome);
}

/** What the place in the sentence led to; null where the sentence says it already. */
export function goingOnOf({ changes, outcome }: WhatIf, plan: Plan | null): string | null {
  if (!changes.some(givesPlace) || outcome.place === null) return null;
  const seat = seatsOf(plan, outcome.seats);
  if (outcome.paid) return seat ? m.verdict_so_booked({ seat }) : m.verdict_so_booked_some();
  if (outcome.held && seat) return m.verdict_so_held({ seat });
  const best = bestOf(outcome, plan);
  return best && m.verdict_so_free({ seat: best });
}

export function bestOf({ best_seat: best }: RunOutcome, plan: Plan | null): string | null {
  return best === null ? null : seatsOf(plan, [best]);
}
