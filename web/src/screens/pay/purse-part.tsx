// What an opening is paid with: points before and after, or the purse of a guest.
import { points } from "#/i18n/tickets";
import { m } from "#/i18n/words";
import { missingWon, type Purse } from "#/store/account/purse";
import { askMe, me, meTrouble } from "#/store/me";
import { Button } from "#/ui/button";

type PurseProps = { purse: Purse; totalWon: number };

export function PursePart({ purse, totalWon }: PurseProps) {
  switch (purse.kind) {
    case "practice":
      return null;
    case "unknown":
      return <UnknownPoints />;
    case "guest":
      return <p class="note">{m.payment_guest()}</p>;
    case "points":
      return <Points balanceWon={purse.balanceWon} totalWon={totalWon} />;
  }
}

/** Asked again by itself when the page wakes; by a press at any time once the server has answered or been silent. */
function UnknownPoints() {
  const isAsking = me.value === null && meTrouble.value === null;
  if (isAsking) {
    return (
      <p class="note" role="status">
        {m.loading()}
      </p>
    );
  }
  return (
    <div class="note pay-picks" data-tone="warn" role="alert">
      <p>{m.payment_points_unknown()}</p>
      <Button onPress={() => void askMe()}>{m.oops_again()}</Button>
    </div>
  );
}

function Points({ balanceWon, totalWon }: { balanceWon: number; totalWon: number }) {
  const missing = missingWon(balanceWon, totalWon);
  const rows: [string, number][] = [
    [m.payment_points_before(), balanceWon],
    [m.payment_points_used(), totalWon],
    missing > 0
      ? [m.payment_points_missing(), missing]
      : [m.payment_points_after(), balanceWon - totalWon],
  ];
  return (
    <section class="summary" aria-label={m.payment_points()} data-short={missing > 0 || undefined}>
      <dl class="sums">
        {rows.map(([name, value], at) => (
          <div key={name} class={at === rows.length - 1 ? "summary-total" : undefined}>
            <dt>{name}</dt>
            <dd>{points(value)}</dd>
          </div>
        ))}
      </dl>
      {missing > 0 && <p class="small">{m.payment_points_how()}</p>}
    </section>
  );
}
