// Words of bookings, tickets and points in the visitor's language: for who looks at shows, so apart from the words of all.
import { language } from "#/store/settings";
import { namePlace } from "./places";
import { m, number, won } from "./words";

/** A seat or a section as the server writes it. */
export const placeName = (place: string) => namePlace(language.value, place);

export const points = (count: number) => m.points_of({ count: number(count) });

/** A sum in what was paid with. */
export const sum = (count: number, paidWith: string) =>
  paidWith === "points" ? points(count) : won(count);
