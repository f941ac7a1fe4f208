import { useSignal } from "@preact/signals";
import { gradeOf } from "#/i18n/seats";
import { m, number, title, won } from "#/i18n/words";
import { plan } from "#/store/current";
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
  const prices = [
    { name: m.price_regular(), percent: 0 },
    ...store.style.value.discounts.map((one) => ({ name: title(one.title), percent: one.percent })),
  ];
  /** The total on the screen is the server's: so it is told as soon as every seat has a price. */
  const settle = async () => {
    trouble.value = null;
    try {
      const now = store.hold.value;
      const changes = now ? changesOf(groups, counts.value, now) : [];
      for (const { seats, discount } of changes) await store.choosePrice(seats, discount);
      return true;
    } catch (error) {
      trouble.value = wordsOf(error);
      return false;
    }
  };
  const isReady = isWhole(groups, counts.value);
  return (
    <PayStep
      title={m.price_title()}
      next={m.pay_next()}
      isReady={isReady}
      trouble={trouble.value}
      onNext={() => {
        if (!isReady) trouble.value = m.price_match();
        else void settle().then((isSettled) => isSettled && goOn(store, "price"));
      }}
    >
      {grades.map(({ grade, seats }) => (
        <fieldset key={grade.name} class="price-grade">
          <legend class="legend">
            {m.price_grade({ grade: grade.name, count: number(seats.length) })}
          </legend>
          {prices.map(({ name, percent }, discount) => (
            <PriceRow
              key={name}
              name={name}
              said={m.price_quantity({ grade: grade.name, price: name })}
              price={Math.floor((grade.price_won * (100 - percent)) / 100)}
              most={seats.length}
              count={counts.value[grade.name]?.[discount] ?? 0}
              isRegular={discount === 0}
              onCount={(count) => {
                const others = counts.value[grade.name] ?? [];
                const told = prices.map((_, at) => (at === discount ? count : (others[at] ?? 0)));
                counts.value = { ...counts.value, [grade.name]: told };
                if (isWhole(groups, counts.value)) void settle();
              }}
            />
          ))}
        </fieldset>
      ))}
      {prices.length > 1 && <p class="soft small">{m.price_proof()}</p>}
    </PayStep>
  );
}
