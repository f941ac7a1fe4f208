// What is bought and what it costs.
import { gradeOf } from "#/i18n/seats";
import { gradeName, m, seatName, won } from "#/i18n/words";
import { purseOf } from "#/store/account/purse";
import { plan } from "#/store/current";
import { me } from "#/store/me";
import { useRace } from "../with-race";
import "./pay.css";

/** The seats held and what they cost: the same figures on every step of paying. */
export function Summary() {
  const store = useRace();
  const hold = store.hold.value;
  const hall = plan.value;
  if (!hold || !hall) return null;
  const rows: [string, number][] = [
    ...hold.seats.map((seat, at): [string, number] => {
      const percent = store.style.discounts[(hold.discounts[at] ?? 0) - 1]?.percent ?? 0;
      const { name, price_won } = gradeOf(hall, seat) ?? { name: "", price_won: 0 };
      const off = percent > 0 ? ` · ${m.pay_off({ percent })}` : "";
      return [
        `${seatName(hall, seat)} · ${gradeName(name)}${off}`,
        Math.floor((price_won * (100 - percent)) / 100),
      ];
    }),
    [m.pay_fee(), hold.fee_won],
  ];
  return (
    <section class="summary" aria-label={m.pay_summary()}>
      <dl class="sums">
        {rows.map(([name, price]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{won(price)}</dd>
          </div>
        ))}
        <div class="summary-total">
          <dt>{m.pay_total()}</dt>
          <dd>{won(hold.total_won)}</dd>
        </div>
      </dl>
      <p class="soft small">
        {purseOf(store.race, me.value).kind === "points" ? m.pay_points() : m.pay_pretend()}
      </p>
    </section>
  );
}
