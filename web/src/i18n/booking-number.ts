// The number of a booking as people read it. Pure.

/**
 * "T12-0003": the performance is in it, so that no two bookings of a server have the same, whatever was opened. Practice
 * has no performance, and nobody keeps its bookings: "T0003".
 */
export function bookingNumber(performance: string | null, number: number): string {
  const of = performance === null ? "" : `${performance}-`;
  return `T${of}${String(number + 1).padStart(4, "0")}`;
}
