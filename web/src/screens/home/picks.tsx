// Hall, demand and style as three rows of cards.
import type { Catalogue, Style } from "#/api/types";
import { m, number, title } from "#/i18n/words";
import { Cards } from "#/ui/cards";

export type Choice = { plan: string; demand: string; style: string };

const HOLD_WORDS: Record<Style["seats"]["hold_at"], () => string> = {
  click: m.home_style_click,
  done: m.home_style_done,
  payment: m.home_style_payment,
};

const plansOf = ({ plans }: Catalogue) => [...plans].sort((a, b) => a.seats - b.seats);
const demandsOf = ({ demands }: Catalogue) => [...demands].sort((a, b) => a.rivals - b.rivals);

/** The smallest hall, the calmest demand and the first style: what is chosen before anybody chooses. */
export function firstChoice(known: Catalogue): Choice {
  return {
    plan: plansOf(known)[0]?.name ?? "",
    demand: demandsOf(known)[0]?.name ?? "",
    style: known.styles[0]?.name ?? "",
  };
}

type PicksProps = { known: Catalogue; choice: Choice; onPick: (made: Choice) => void };

export function Picks({ known, choice, onPick }: PicksProps) {
  const pick = (row: keyof Choice) => (name: string) => onPick({ ...choice, [row]: name });
  return (
    <>
      <Cards
        legend={m.home_hall()}
        picked={choice.plan}
        onPick={pick("plan")}
        options={plansOf(known).map((one) => ({
          name: one.name,
          title: title(one.title),
          detail: m.home_seats({ count: number(one.seats) }),
        }))}
      />
      <Cards
        legend={m.home_demand()}
        picked={choice.demand}
        onPick={pick("demand")}
        options={demandsOf(known).map((one) => ({
          name: one.name,
          title: title(one.title),
          detail: m.home_rivals({ count: number(one.rivals) }),
        }))}
      />
      <Cards
        legend={m.home_style()}
        picked={choice.style}
        onPick={pick("style")}
        options={known.styles.map((one) => ({
          name: one.name,
          title: title(one.title),
          detail: HOLD_WORDS[one.seats.hold_at](),
        }))}
      />
    </>
  );
}
