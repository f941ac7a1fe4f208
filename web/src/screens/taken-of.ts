// How much of a hall is gone: paid for, held, or still free. Pure.
export type Taken = { free: number; paid: number; held: number };

/** The seats that are neither free nor paid for are held by somebody. The three always make up the hall. */
export function takenOf(seats: number, free: number, paid: number): Taken {
  const known = Math.max(0, seats);
  const left = Math.min(known, Math.max(0, free));
  const sold = Math.min(known - left, Math.max(0, paid));
  return { free: left, paid: sold, held: known - left - sold };
}

/** The shares of paid and held seats, from 0 to 1. Where none is free, their percents make up a hundred. */
export function sharesOf({ free, paid, held }: Taken): { paid: number; held: number } {
  const seats = Math.max(1, free + paid + held);
  const exact = { paid: paid / seats, held: held / seats };
  const isRoundable = exact.paid >= 0.01 && exact.held >= 0.01;
  if (free > 0 || !isRoundable) return exact;
  const rounded = Math.round(exact.paid * 100) / 100;
  return { paid: rounded, held: 1 - rounded };
}
