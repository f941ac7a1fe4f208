// From when on what is kept of a booking that is cancelled, row by row. Pure.
import type { Style } from "#/api/types";

export type CancelStyle = Style["cancel"];

export type Kept =
  | { kind: "nothing" }
  /** The booking fee alone. */
  | { kind: "booking-fee" }
  /** So much of each ticket, but no more than a share of its price; with the booking fee. */
  | { kind: "late"; won: number; percentMax: number }
  /** A share of the price of a ticket; with the booking fee. */
  | { kind: "share"; percent: number };

type From =
  | { kind: "booking-day" }
  | { kind: "days-after"; days: number }
  | { kind: "days-before"; days: number };

export type CancelRow = { from: From; kept: Kept };

/** In the order of time. A style whose free days never end, or whose fee after them is none, has no row for it. */
export function cancelRows(terms: CancelStyle): CancelRow[] {
  const rows: CancelRow[] = [
    { from: { kind: "booking-day" }, kept: { kind: "nothing" } },
    { from: { kind: "days-after", days: 1 }, kept: { kind: "booking-fee" } },
  ];
  const { free_days: days, late_won: won, late_percent_max: percentMax } = terms;
  if (won > 0 && percentMax > 0)
    rows.push({
      from: { kind: "days-after", days: days + 1 },
      kept: { kind: "late", won, percentMax },
    });
  for (const { days_before, percent } of terms.fees)
    rows.push({
      from: { kind: "days-before", days: days_before },
      kept: { kind: "share", percent },
    });
  // Where no free day is left, what is kept from the first day on is the later row.
  return rows.filter(({ from }, at) => {
    const next = rows[at + 1]?.from;
    return from.kind !== "days-after" || next?.kind !== "days-after" || next.days > from.days;
  });
}
