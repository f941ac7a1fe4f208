// What cancelling would cost and until when it is possible, before anybody agrees to it.
import { m, won } from "#/i18n/words";
import { type CancelStyle, cancelRows, type Kept } from "./cancel-rows";

function keptWords(kept: Kept): string {
  switch (kept.kind) {
    case "nothing":
      return won(0);
    case "booking-fee":
      return m.pay_fee();
    case "late":
      return m.payment_cancel_keeps_late({ price: won(kept.won), percent: kept.percentMax });
    case "share":
      return `${kept.percent}%`;
  }
}

function fromWords(from: ReturnType<typeof cancelRows>[number]["from"]): string {
  switch (from.kind) {
    case "booking-day":
      return m.payment_cancel_from_booking();
    case "days-after":
      return m.payment_cancel_from_after({ days: from.days });
    case "days-before":
      return m.payment_cancel_from_before({ days: from.days });
  }
}

function untilWords({ until_days_before: days, until_time: time, until_saturday }: CancelStyle) {
  const until = m.payment_cancel_until_before({ days, time });
  if (until_saturday === null) return until;
  return `${until} ${m.payment_cancel_until_saturday({ time: until_saturday })}`;
}

export function CancelTerms({ of: terms }: { of: CancelStyle }) {
  return (
    <section class="terms" aria-label={m.payment_cancel_title()}>
      <b>{m.payment_cancel_title()}</b>
      <dl class="sums">
        {cancelRows(terms).map(({ from, kept }) => (
          <div key={fromWords(from)}>
            <dt>{fromWords(from)}</dt>
            <dd>{keptWords(kept)}</dd>
          </div>
        ))}
      </dl>
      <p class="small">{untilWords(terms)}</p>
      <p class="soft small">{m.payment_cancel_until_sale()}</p>
    </section>
  );
}
