// The seats of a run as marks on the hall.
import type { Report } from "#/api/types";
import { FATE_WORDS } from "#/i18n/fates";
import { m, span } from "#/i18n/words";
import { isKept, seatsHad } from "./seats-had";

/** `clicked` is drawn hollow and broken, `taken` hollow, `mine` filled and lit. */
export type Mark = { seat: number; label: string; kind: "clicked" | "taken" | "mine" };

/** The seats that were lost, then those that were had, then what else the first click asked for. */
export function marksOf(report: Report): Mark[] {
  const lost = lostMarks(report);
  const had = seatsHad(report).map(
    ({ seat, fate }): Mark => ({
      seat,
      label: fate === "paid" ? m.hall_then_booked() : FATE_WORDS[fate](),
      kind: isKept(fate) ? "mine" : "clicked",
    }),
  );
  const told = new Set([...lost, ...had].map(({ seat }) => seat));
  const clicked = (report.hall?.clicked ?? [])
    .filter((seat) => !told.has(seat))
    .map((seat): Mark => ({ seat, label: m.hall_then_clicked(), kind: "clicked" }));
  return [...lost, ...had, ...clicked];
}

// A seat that was asked for twice is told once, as it was lost the last time.
function lostMarks({ conflicts, hall }: Report): Mark[] {
  const marks = conflicts.map(({ seat, at_ms, late_ms }): [number, Mark] => {
    const taken = hall?.taken.findLast((one) => one.seat === seat && one.at_ms <= at_ms);
    const at = span(Math.max(0, taken?.at_ms ?? at_ms - late_ms));
    const words = taken?.held_by === "person" ? m.hall_then_person : m.hall_then_rival;
    return [seat, { seat, label: words({ at, span: span(late_ms) }), kind: "taken" }];
  });
  return [...new Map(marks).values()];
}
