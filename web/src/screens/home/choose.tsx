// The choice of hall, demand and style.
import { type Signal, useSignal } from "@preact/signals";
import type { Style } from "#/api/types";
import { m, number, title } from "#/i18n/words";
import { catalogue } from "#/store/library";
import { Button } from "#/ui/button";
import { Cards } from "#/ui/cards";
import { isStarting, start } from "./start";

const HOLD_WORDS: Record<Style["seats"]["hold_at"], () => string> = {
  click: m.home_style_click,
  done: m.home_style_done,
  payment: m.home_style_payment,
};

/** Hall, demand and style as three rows of cards, and one button for what they make. */
export function Choose() {
  const plan = useSignal<string | null>(null);
  const demand = useSignal<string | null>(null);
  const style = useSignal<string | null>(null);
  const known = catalogue.value;
  const pick = (row: Signal<string | null>) => (name: string) => {
    row.value = name;
  };
  if (!known) return null;
  const plans = [...known.plans].sort((a, b) => a.seats - b.seats);
  const demands = [...known.demands].sort((a, b) => a.rivals - b.rivals);
  const what = {
    plan: plan.value ?? plans[0]?.name ?? "",
    demand: demand.value ?? demands[0]?.name ?? "",
    style: style.value ?? known.styles[0]?.name ?? "",
  };
  return (
    <section class="home-part">
      <h2>{m.home_choose()}</h2>
      <Cards
        legend={m.home_hall()}
        picked={what.plan}
        onPick={pick(plan)}
        options={plans.map((one) => ({
          name: one.name,
          title: title(one.title),
          detail: m.home_seats({ count: number(one.seats) }),
        }))}
      />
      <Cards
        legend={m.home_demand()}
        picked={what.demand}
        onPick={pick(demand)}
        options={demands.map((one) => ({
          name: one.name,
          title: title(one.title),
          detail: m.home_rivals({ count: number(one.rivals) }),
        }))}
      />
      <Cards
        legend={m.home_style()}
        picked={what.style}
        onPick={pick(style)}
        options={known.styles.map((one) => ({
          name: one.name,
          title: title(one.title),
          detail: HOLD_WORDS[one.seats.hold_at](),
        }))}
      />
      <Button wide final size="large" unready={isStarting.value} onPress={() => void start(what)}>
        {m.home_go()}
      </Button>
    </section>
  );
}
