// How many seats of each grade at which price, and what that changes about a hold.
import type { Hold } from "#/api/types";

/** By the name of a grade: how many at the regular price, then at each discount. */
export type Counts = Record<string, number[]>;
type Grade = { name: string; seats: number[] };

/** Whether every seat has one price. */
export function isWhole(grades: Grade[], counts: Counts): boolean {
  const told = ({ name }: Grade) => (counts[name] ?? []).reduce((sum, count) => sum + count, 0);
  return grades.every((grade) => told(grade) === grade.seats.length);
}

/** What has to be asked for: the seats that are not yet at their price, together by price. */
export function changesOf(
  grades: Grade[],
  counts: Counts,
  hold: Pick<Hold, "seats" | "discounts">,
): { seats: number[]; discount: number }[] {
  const wanted = new Map<number, number>();
  for (const { name, seats } of grades) {
    const prices = (counts[name] ?? []).flatMap((count, discount) => Array(count).fill(discount));
    seats.forEach((seat, at) => wanted.set(seat, prices[at] ?? 0));
  }
  const changes = new Map<number, number[]>();
  hold.seats.forEach((seat, at) => {
    const discount = wanted.get(seat) ?? 0;
    if (discount === hold.discounts[at]) return;
    changes.set(discount, [...(changes.get(discount) ?? []), seat]);
  });
  return [...changes].map(([discount, seats]) => ({ discount, seats }));
}
