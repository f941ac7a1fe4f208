// The first step of paying: which price each seat is bought at.
import { useSignal } from "@preact/signals";
import type { PlanGrade } from "#/api/types";
import { gradeOf } from "#/i18n/seats";
import { gradeName, m, number, title, won } from "#/i18n/words";
import { plan } from "#/store/current";
import type { RaceStore } from "#/store/race";
import { wordsOf } from "../refusals";
import { useRace } from "../with-race";
import { goOn } from "./next";
import { PayStep } from "./pay-step";
import { type Counts, changesOf, isWhole } from "./prices";

type RowProps = {
  name: string;
  said: string;
  price: number;
  most: number;
  count: number;
  isRegular: boolean;
  onCount: (count: number) => void;
};

function PriceRow({ name, said, price, most, count, isRegular, onCount }: RowProps) {
  return (
    <div class="price-row">
      <p>
        <b>{name}</b>
        <span class="soft">{won(price)}</span>
      </p>
      <label>
        <span class="hidden">{said}</span>
        <select
          class={isRegular ? "select price-count" : "select price-off"}
          value={count}
          onChange={(event) => onCount(Number(event.currentTarget.value))}
        >
          {Array.from({ length: most + 1 }, (_, at) => (
            <option key={at} value={at}>
              {m.price_count({ count: number(at) })}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** A price that a style offers: the regular one, or a discount. */
type Offer = { name: string; percent: number };

type GradeProps = {
  grade: PlanGrade;
  offers: readonly Offer[];
  most: number;
  /** How many at each price. */
  counts: readonly number[];
  onCounts: (counts: number[]) => void;
};

function GradePrices({ grade, offers, most, counts, onCounts }: GradeProps) {
  return (
    <fieldset class="price-grade">
      <legend class="legend">
        {m.price_grade({ grade: gradeName(grade.name), count: number(most) })}
      </legend>
      {offers.map(({ name, percent }, discount) => (
        <PriceRow
          key={name}
          name={name}
          said={m.price_quantity({ grade: gradeName(grade.name), price: name })}
          price={Math.floor((grade.price_won * (100 - percent)) / 100)}
          most={most}
          count={counts[discount] ?? 0}
          isRegular={discount === 0}
          onCount={(count) =>
            onCounts(offers.map((_, at) => (at === discount ? count : (counts[at] ?? 0))))
          }
        />
      ))}
    </fieldset>
  );
}

/** How many at which price: as at the real sites it has to be told again what was just chosen. */
export function Price() {
  const store = useRace();
  const counts = useSignal<Counts>({});
  const trouble = useSignal<string | null>(null);
  const hall = plan.value;
  const hold = store.hold.value;
  if (!hall || !hold) return null;
  const grades = hall.grades
    .map((grade) => ({ grade, seats: hold.seats.filter((seat) => gradeOf(hall, seat) === grade) }))
    .filter(({ seats }) => seats.length > 0);
  const groups = grades.map(({ grade, seats }) => ({ name: grade.name, seats }));
  const { discounts } = store.style;
  const offers: Offer[] = [
    { name: m.price_regular(), percent: 0 },
    ...discounts.map((one) => ({ name: title(one.title), percent: one.percent })),
  ];
  /** The total on the screen is the server's: so it is told as soon as every seat has a price. */
  const settle = async () => {
    trouble.value = null;
    trouble.value = await tellPrices(store, groups, counts.value);
    return trouble.value === null;
  };
  const isReady = isWhole(groups, counts.value);
  const goNext = async () => {
    if (!isReady) trouble.value = m.price_match();
    else if (await settle()) goOn(store, "price");
  };
  return (
    <PayStep
      title={m.price_title()}
      next={m.pay_next()}
      isReady={isReady}
      trouble={trouble.value}
      onNext={() => void goNext()}
    >
      {grades.map(({ grade, seats }) => (
        <GradePrices
          key={grade.name}
          {...{ grade, offers }}
          most={seats.length}
          counts={counts.value[grade.name] ?? []}
          onCounts={(told) => {
            counts.value = { ...counts.value, [grade.name]: told };
            if (isWhole(groups, counts.value)) void settle();
          }}
        />
      ))}
      {offers.length > 1 && <p class="soft small">{m.price_proof()}</p>}
    </PayStep>
  );
}

// Tells the server what has changed; returns the words of a refusal.
async function tellPrices(
  store: RaceStore,
  groups: Parameters<typeof changesOf>[0],
  counts: Counts,
): Promise<string | null> {
  try {
    const hold = store.hold.value;
    const changes = hold ? changesOf(groups, counts, hold) : [];
    for (const { seats, discount } of changes) await store.choosePrice(seats, discount);
    return null;
  } catch (error) {
    return wordsOf(error, store);
  }
}
