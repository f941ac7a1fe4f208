// The table of results: its columns and its order. Pure.
import type { ResultRow } from "#/api/room-types";

/** The columns that a table can be sorted by. */
export const COLUMNS = [
  "who",
  "ending",
  "press",
  "place",
  "first",
  "held",
  "paid",
  "seat",
  "quality",
  "cost",
] as const;
export type Column = (typeof COLUMNS)[number];
export type Order = { by: Column; isDown: boolean };

/** Whoever paid first comes first. */
export const FIRST_ORDER: Order = { by: "paid", isDown: false };

type Value = number | string | null;

const VALUES: Record<Column, (row: ResultRow) => Value> = {
  who: ({ name }) => name,
  ending: ({ ending }) => ending && (ending === "paid" ? 0 : 1),
  press: ({ press_ms }) => press_ms,
  place: ({ place }) => place,
  first: ({ first_seat_ms }) => first_seat_ms,
  held: ({ held_ms }) => held_ms,
  paid: ({ paid_ms }) => paid_ms,
  seat: ({ section }) => section,
  quality: ({ quality }) => quality,
  cost: ({ cost }) => cost,
};

/** Whoever has no value comes last in either direction; equal rows keep the order of the members. */
export function sortRows(rows: readonly ResultRow[], { by, isDown }: Order): ResultRow[] {
  const valueOf = VALUES[by];
  return [...rows].sort((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    if (a === null || b === null)
      return Number(a === null) - Number(b === null) || byMember(one, other);
    const order = compare(a, b);
    return (isDown ? -order : order) || byMember(one, other);
  });
}

const byMember = (one: ResultRow, other: ResultRow) => one.member - other.member;

function compare(a: number | string, b: number | string): number {
  return typeof a === "number" && typeof b === "number"
    ? a - b
    : String(a).localeCompare(String(b));
}

/** The order after a press on a column: the other way round if it was sorted by it already. */
export function orderAfter(order: Order, by: Column): Order {
  // The best seat is the one with the highest quality.
  return { by, isDown: order.by === by ? !order.isDown : by === "quality" };
}

/** The latest of each time, against which bars are drawn; at least a millisecond. */
export function latestOf(
  rows: readonly ResultRow[],
  key: "press_ms" | "first_seat_ms" | "held_ms" | "paid_ms",
): number {
  return Math.max(1, ...rows.map((row) => row[key] ?? 0));
}
