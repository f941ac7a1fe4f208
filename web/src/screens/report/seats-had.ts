// The seats of a run as they ended.
import type { Report, SeatFate } from "#/api/types";

/** Each seat once, as what became of it when it was taken last. */
export const seatsHad = (report: Report): Report["seats"] => [
  ...new Map(report.seats.map((worth) => [worth.seat, worth])).values(),
];

/** Whether the seat was the person's own when the run was over. */
export const isKept = (fate: SeatFate): boolean => fate === "paid" || fate === "held";
