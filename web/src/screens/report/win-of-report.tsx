// A win in the report: the same picture as where the race ended, with what the report knows besides.
import { useMemo } from "preact/hooks";
import type { Report } from "#/api/types";
import { title } from "#/i18n/words";
import { language } from "#/store/settings";
import { statesThen } from "./seats-then";
import { type Win, WinShare } from "./win";

export function WinOfReport({ report }: { report: Report }) {
  const win = useMemo(() => winOf(report), [report, language.value]);
  return win && <WinShare win={win} />;
}

function winOf({ booking, hall, race, place, steps, free_on_admission }: Report): Win | null {
  if (!booking) return null;
  return {
    show: title(race.title),
    seats: booking.seats,
    states: hall && statesThen(hall, race.seats),
    place,
    spanMs: steps.find(({ key }) => key === "paid")?.at_ms ?? 0,
    free: free_on_admission,
  };
}
