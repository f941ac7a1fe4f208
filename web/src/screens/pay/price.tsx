import { useSignal } from "@preact/signals";
import { gradeOf } from "#/i18n/format";
import { m, number, won } from "#/i18n/words";
import { plan } from "#/store/current";
import { useRace } from "../with-race";
import { goOn } from "./next";
import { PayStep } from "./pay-step";

/** How many at which price: as at the real sites it has to be told again what was just chosen. */
export function Price() {
  const store = useRace();
  const counts = useSignal<Record<string, number>>({});
  const trouble = useSignal<string | null>(null);
  const hall = plan.value;
  const held = store.hold.value?.seats ?? [];
  if (!hall) return null;
  const grades = hall.grades
    .map((grade) => ({ grade, seats: held.filter((seat) => gradeOf(hall, seat) === grade).length }))
    .filter(({ seats }) => seats > 0);
  const isReady = grades.every(({ grade, seats }) => counts.value[grade.name] === seats);
  return (
    <PayStep
      title={m.price_title()}
      next={m.pay_next()}
      isReady={isReady}
      trouble={isReady ? null : trouble.value}
      onNext={() => {
        if (isReady) goOn(store, "price");
        else trouble.value = m.price_match();
      }}
    >
      {grades.map(({ grade, seats }) => (
        <div key={grade.name} class="price-grade">
          <p>
            <b>
              {grade.name} · {m.price_regular()}
            </b>
            <span class="soft">{won(grade.price_won)}</span>
          </p>
          <label>
            <span class="hidden">
              {m.price_quantity({ grade: grade.name, price: won(grade.price_won) })}
            </span>
            <select
              class="select price-count"
              value={counts.value[grade.name] ?? 0}
              onChange={(event) => {
                counts.value = { ...counts.value, [grade.name]: Number(event.currentTarget.value) };
              }}
            >
              {Array.from({ length: seats + 1 }, (_, count) => (
                <option key={count} value={count}>
                  {m.price_count({ count: number(count) })}
                </option>
              ))}
            </select>
          </label>
        </div>
      ))}
      <div class="price-grade" data-empty>
        <p>
          <b>{m.price_voucher()}</b>
          <span class="soft">{m.price_voucher_none()}</span>
        </p>
      </div>
    </PayStep>
  );
}
