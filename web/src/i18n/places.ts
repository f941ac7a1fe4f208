// Seats and sections as the server writes them where no plan is at hand: "1-A-2-4" and "1-A". Pure, as the names of seats.
import type { Language } from "#/api/types";
import { nameSeat, nameSection } from "./seats";

/** "1층 A구역 2열 4번", "1층 A구역". What has other parts is left as it is: a plan may have a dash in its names. */
export function namePlace(language: Language, place: string): string {
  const parts = place.split("-");
  const [floor = "", label = "", row = "", number = ""] = parts;
  if (parts.length === 4) return nameSeat(language, { floor, label, row, number });
  return parts.length === 2 ? nameSection(language, floor, label) : place;
}
